"""The measure bench in a static page: sums equal to Python's, three ways to move a figure, predict and be corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import MeasureBench
from equitykit.widgets.bench_sums import MEASURES, compute, moved
from equitykit.widgets.bench_words import table, words
from equitykit.widgets.modules import source, styles
from tests.browser_support import PHONE, Watch, axe, press, stage, state_told_alike, wider_than_screen
from tests.widgets.test_bench import bench, life
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one bench; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(made: MeasureBench | None = None, *, theme: str = "light") -> Locator:
            return opened(made or bench(), ".ek-be-row", theme=theme)

        yield shown


def state(section: Locator) -> dict[str, Any]:
    return state_told_alike(section, words, table)


def predict(section: Locator, **ways: str) -> None:
    """Choose for each measure asked; the keys are the first words of its name."""
    for measure, way in ways.items():
        group = section.get_by_role("group", name=measure.replace("_", " "))
        group.get_by_label(way, exact=True).check()


def random_tables() -> list[dict[str, Any]]:
    """Tables of every size and steepness, with orderly, disorderly, level and empty groups."""
    made = []
    for seed in range(160):
        rng = np.random.default_rng(seed)
        count = int(rng.integers(2, 21))
        rates = rng.lognormal(rng.uniform(-2, 7), rng.uniform(0.05, 1.5), count)
        if seed % 3 == 0:
            rates = np.sort(rates)[:: -1 if seed % 2 else 1]
        if seed % 16 == 1:
            rates[rng.integers(count)] = 0
        people = rng.lognormal(8, rng.uniform(0, 2), count)
        made.append({"rates": rates.tolist(), "people": people.tolist(), "harm": bool(seed % 2)})
    return made


def test_every_measure_of_every_table_equals_the_kits(show, page):
    show()
    tables = random_tables()
    found = page.evaluate(
        """async (tables) => {
          const { compute } = await import("./bench-model.js");
          return tables.map(({ rates, people, harm }) => compute(rates, people, harm));
        }""",
        tables,
    )
    seen = dict.fromkeys(MEASURES, 0)
    for given, told in zip(tables, found, strict=True):
        wanted = compute(given["rates"], given["people"], harm=given["harm"])
        size = max(given["rates"])
        for one in MEASURES:
            if wanted[one] is None:
                assert told[one] is None, (one, given)
                continue
            nothing = 1e-12 * (size if one in ("difference", "sii") else 1)
            assert told[one] == pytest.approx(wanted[one], rel=1e-9, abs=nothing), (one, given)
            seen[one] += 1
    assert min(seen.values()) > 80, "every measure was there to compare"


def test_every_random_state_is_told_as_python_tells_it(show, page):
    show()
    states = []
    for seed, given in enumerate(random_tables()[:60]):
        rng = np.random.default_rng(1000 + seed)
        unit = ("%", "per 100,000", "years")[seed % 3]
        scale = 99 / max(given["rates"]) if unit == "%" else 1.0
        rates = [one * scale + 0.01 for one in given["rates"]]
        made = MeasureBench(
            {"then": rates, "now": rng.permutation(rates).tolist()},
            name="bench",
            people={"then": given["people"], "now": given["people"][::-1]},
            unit=unit,
            out_of=100 if unit == "%" else None,
            opposite="the rest",
            higher_is="worse" if given["harm"] else "better",
            presets=("percent", "reverse") if given["harm"] else ("reverse",),
        )
        preset = ["", "compare", "own", *(one["id"] for one in made.presets)][seed % (3 + len(made.presets))]
        made.rates = rng.permutation(rates).tolist()
        if preset != "own":
            made.apply(preset)
        states.append(made.state())
    told = page.evaluate(
        """async (states) => {
          const { words, rows, moved } = await import("./bench-model.js");
          return states.map((state) => ({ words: words(state), table: rows(state),
            moved: state.presets.map((one) => moved(state, one.id)) }));
        }""",
        states,
    )
    for one, said in zip(states, told, strict=True):
        assert (said["words"], said["table"]) == (one["words"], one["table"])
        assert said["moved"] == [moved(one, preset["id"]) for preset in one["presets"]]


def test_the_page_and_python_tell_the_first_state_alike(show, page, watch: Watch):
    for made in (bench(), life()):
        section = show(made)
        assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
        expect(section.locator(".ek-be-value").first).to_be_visible()
    assert watch.troubles() == []


def test_the_arrow_keys_move_a_group_and_every_measure_responds(show):
    section = show()
    handle = section.get_by_role("slider", name="1, most deprived")
    handle.focus()
    handle.press("ArrowRight")
    assert state(section)["rates"][0] == 533
    handle.press("PageDown")
    assert state(section)["rates"][0] == 433
    handle.press("Home")
    told = state(section)
    assert (told["rates"][0], told["preset"]) == (0, "own")
    expect(section.locator(".ek-be-card", has_text="Difference")).to_contain_text("was 323")
    expect(section.locator(".ek-be-card", has_text="Difference")).to_contain_text("narrower, the other way round")
    expect(section.locator(".ek-be-card").nth(2)).to_contain_text("does not exist here")
    expect(section.get_by_role("status")).to_contain_text("1, most deprived: 0 per 100,000. Difference −200")
    press(section, "Back to the start")
    assert state(section)["preset"] == ""


def test_a_typed_figure_is_taken_exactly_and_nonsense_is_refused_with_a_reason(show):
    section = show()
    box = section.get_by_role("textbox", name="10, least deprived, type a figure")
    box.fill("212.5")
    box.press("Enter")
    assert state(section)["rates"][9] == 212.5
    box.fill("a few")
    box.press("Enter")
    expect(section.get_by_text("A number from 0 to 100,000, please.")).to_be_visible()
    assert state(section)["rates"][9] == 212.5
    box.fill("1,200")
    box.press("Tab")
    expect(section.get_by_text("A number from 0 to 100,000, please.")).to_be_hidden()
    assert state(section)["rates"][9] == 1200, "the scale grows with the figure"


def test_the_typed_figures_and_the_scale_fit_when_success_is_counted(show, page):
    page.set_viewport_size(PHONE)
    section = show()
    press(section, "Success is counted instead of failure")
    press(section, "Apply without predicting")
    for box in section.get_by_role("textbox").all():
        assert box.evaluate("(box) => box.scrollWidth <= box.clientWidth"), box.input_value()
    track = section.locator(".ek-be-track").first.bounding_box()
    axis = section.locator(".ek-be-axis").bounding_box()
    assert (axis["x"], axis["width"]) == pytest.approx((track["x"], track["width"]))
    assert state(section)["reversed"] is True


def test_a_handle_can_be_dragged(show, page):
    section = show()
    handle = section.get_by_role("slider", name="5", exact=True)
    place = handle.bounding_box()
    top = section.evaluate("(section) => Number(section.querySelector('.ek-be-range').max)")
    thumb = 22
    inner = place["width"] - thumb
    x = place["x"] + thumb / 2 + inner * 370 / top
    y = place["y"] + place["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + inner / 4, y, steps=4)
    page.mouse.up()
    assert state(section)["rates"][4] == pytest.approx(370 + top / 4, abs=top / inner * 2)


def test_a_change_is_predicted_then_applied_then_corrected(show):
    section = show()
    press(section, "Every rate falls by 20%")
    apply = section.get_by_role("button", name="Apply it and see")
    expect(apply).to_be_disabled()
    predict(section, Difference="Narrower", Slope_index="Narrower", Ratio="Narrower")
    expect(apply).to_be_disabled()
    predict(section, Relative_index="The same")
    apply.press("Enter")
    panel = section.get_by_role("group", name="What happened")
    expect(panel).to_be_focused()
    expect(panel).to_contain_text("3 of 4 as you predicted.")
    expect(panel).to_contain_text("Ratio: 2.62, now 2.62: = the same. You said narrower.")
    expect(panel).to_contain_text("stands above and below the line and cancels, so every relative measure stays")
    told = state(section)
    assert told["preset"] == "percent"
    assert told["predictions"] == {
        " / percent": {"difference": "narrower", "sii": "narrower", "ratio": "narrower", "rii": "same"}
    }
    press(section, "Back to the start")
    press(section, "Every rate falls by 20%")
    expect(panel).to_contain_text("3 of 4 as you predicted."), "what was predicted once is not asked again"


def test_a_change_without_a_prediction_teaches_and_judges_nothing(show):
    section = show()
    press(section, "Success is counted instead of failure")
    press(section, "Apply without predicting")
    panel = section.get_by_role("group", name="What happened")
    expect(panel).to_contain_text("The ratio was 2.62 and is 0.9968")
    expect(panel).to_contain_text("Counted here: people who did not die before 75")
    expect(panel).not_to_contain_text("predicted")
    assert state(section)["reversed"] is True


@pytest.mark.parametrize("build", [bench, life])
def test_every_preset_from_every_table_says_what_python_would(show, build):
    made = build()
    section = show(made)
    starts = [one["name"] for one in made.tables]
    for start in starts[:1] + starts[-1:] if len(starts) > 1 else starts:
        if len(starts) > 1:
            section.get_by_label("Start from").select_option(start)
        for button in section.locator(".ek-be-preset:visible").all():
            button.click()
            quiet = section.get_by_role("button", name="Apply without predicting")
            if quiet.is_visible():
                quiet.click()
            told = state(section)
            assert told["preset"] != ""
            assert told["start"] == start
            expect(section.get_by_role("group", name="What happened").locator("p")).to_have_count(3)


def test_the_formulas_are_worked_out_with_the_figures_on_the_bench(show):
    section = show()
    section.locator("summary", has_text="Ratio, most").click()
    expect(section.get_by_text("Now: 523 ÷ 200 = 2.62.")).to_be_visible()
    box = section.get_by_role("textbox", name="10, least deprived, type a figure")
    box.fill("100")
    box.press("Enter")
    expect(section.get_by_text("Now: 523 ÷ 100 = 5.23.")).to_be_visible()


def test_the_bench_shows_what_a_cell_sets_and_leaves_nothing_behind(page):
    made = bench()
    page.set_content(f"<style>{styles('bench')}</style><main></main>")
    page.evaluate(RENDER, [source("bench"), made.state()])
    made.apply("points")
    changed = {trait: getattr(made, trait) for trait in ("preset", "rates", "people", "reversed")}
    page.evaluate("(values) => window.fromPython(values)", changed)
    expect(page.get_by_role("slider", name="1, most deprived")).to_have_attribute("aria-valuetext", "423 per 100,000")
    saved = page.evaluate("window.saved")
    assert (saved["words"], saved["table"]) == (made.words, made.table)
    expect(page.locator(".ek-stage.ek-bench")).to_be_visible()
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme)
    assert axe(page) == []
    press(section, "Every rate falls by 20%")
    assert axe(page) == []
    predict(section, Difference="Wider", Slope_index="Wider", Ratio="Wider", Relative_index="Wider")
    press(section, "Apply it and see")
    for summary in section.locator("summary").all():
        summary.click()
    assert axe(page) == []
    box = section.get_by_role("textbox", name="10, least deprived, type a figure")
    box.fill("x")
    box.press("Enter")
    assert axe(page) == []
    assert watch.troubles() == []


@pytest.mark.parametrize("build", [bench, life])
def test_it_fits_a_phone_and_a_thumb(show, page, build):
    page.set_viewport_size(PHONE)
    section = show(build())
    assert wider_than_screen(page) == []
    press(section, section.locator(".ek-be-preset").first.inner_text())
    assert wider_than_screen(page) == []
    for choice in section.locator(".ek-choice").all():
        assert choice.bounding_box()["height"] >= 44
    press(section, "Apply without predicting")
    for summary in section.locator("summary").all():
        summary.click()
    assert wider_than_screen(page) == []
    controls = "button:visible, select:visible, input[type=range], input[type=text], .ek-be-detail > summary"
    for control in section.locator(controls).all():
        assert control.bounding_box()["height"] >= 44, control.evaluate("(one) => one.outerHTML")
