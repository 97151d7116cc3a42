"""The pipeline simulator in a static page: its sums against what can be worked out by hand, and every control."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from equitykit.widgets import PipelineSimulator
from equitykit.widgets.modules import source, styles
from equitykit.widgets.pipeline import compound, small
from equitykit.widgets.pipeline_texts import LEVERS
from tests.browser_support import PHONE, Watch, axe, press, stage, state, wider_than_screen
from tests.widgets.test_tracer_and_stepwise_with_a_kernel import RENDER

pytestmark = pytest.mark.browser


@pytest.fixture
def show(page: Page, tmp_path: Path) -> Iterator[Callable[..., Locator]]:
    """Open a page with one simulator; returns its section, live."""
    with stage(page, tmp_path) as opened:

        def shown(*, theme: str = "light", **arguments: Any) -> Locator:
            return opened(PipelineSimulator(name="gates", **arguments), ".ek-pl-gate", theme=theme)

        yield shown


@pytest.fixture
def simulate(show: Callable[..., Locator], page: Page) -> Callable[..., dict[str, Any]]:
    """Run the page's own simulation."""
    show()

    def run(stages: list[dict[str, Any]], on: list[str], *, levers: Any = LEVERS, years: int = 5, seed: int = 1) -> Any:
        return page.evaluate(
            """async ([state, on]) => {
              const { simulate, difference } = await import("./pipeline-model.js");
              const before = simulate(state, []);
              const after = simulate(state, on);
              return { after: after.after, course: after.course, end: after.end, gain: difference(before, after) };
            }""",
            [{"stages": stages, "levers": levers, "years": years, "seed": seed}, on],
        )

    return run


def lever(key: str, **changes: Any) -> dict[str, Any]:
    return {**next(one for one in LEVERS if one["id"] == key), **changes}


def test_gates_without_doubt_multiply_exactly(simulate):
    found = simulate(small(), [])
    for number, (centre, low, high) in enumerate(found["after"], start=1):
        assert centre == pytest.approx(100 * 0.8**number)
        assert (low, high) == pytest.approx((centre, centre))
    assert found["end"][0] == pytest.approx(compound([0.8] * 5))


@pytest.mark.parametrize("years", [5, 10, 15, 20])
def test_staying_and_promotion_compound_over_the_years_and_entry_does_not(simulate, years):
    rounds = years // 5
    found = simulate(small(), [], years=years)
    assert found["end"][0] == pytest.approx(100 * 0.8**3 * 0.8 ** (2 * rounds))
    assert len(found["course"]) == years + 1
    assert found["course"][0][0] == pytest.approx(100 * 0.8**3)
    assert found["course"][4][0] == pytest.approx(100 * 0.8**3 * 0.8 ** (4 / 5)), "no promotion before year 5"
    assert found["course"][-1][0] == pytest.approx(found["end"][0])


def test_the_band_of_one_doubtful_gate_is_that_of_its_distribution(simulate):
    stages = small()[:1]
    low, mode, high = 1.1, 1.5, 2.0
    stages[0] |= {"low": low, "ratio": mode, "high": high}
    _, lower, upper = simulate(stages, [])["end"]
    a, m, b = map(math.log, (low, mode, high))
    fifth = math.exp(a + math.sqrt(0.05 * (b - a) * (m - a)))
    ninety_fifth = math.exp(b - math.sqrt(0.05 * (b - a) * (b - m)))
    assert (lower, upper) == pytest.approx((100 / ninety_fifth, 100 / fifth), rel=1e-3)


def test_closing_all_of_a_gap_makes_the_gate_even_and_half_of_it_takes_the_root(simulate):
    gates = ["shortlist", "appoint", "promote"]
    whole = simulate(small(), ["criteria"], levers=[lever("criteria", low=1, high=1, acts=gates)])
    assert whole["end"][0] == pytest.approx(100 * 0.8**2)
    half = simulate(small(), ["criteria"], levers=[lever("criteria", low=0.5, high=0.5, acts=gates)])
    assert half["end"][0] == pytest.approx(100 * 0.8**2 * 0.8 ** (3 / 2))


def test_another_way_in_mixes_with_the_gates_it_goes_round(simulate):
    found = simulate(small(), ["routes"], levers=[lever("routes", low=0.3, high=0.3)])
    assert found["after"][2][0] == pytest.approx(0.7 * 51.2 + 0.3 * 100)
    assert found["end"][0] == pytest.approx((0.7 * 51.2 + 0.3 * 100) * 0.64)


def test_training_never_makes_equal_people_more_than_equal(simulate):
    found = simulate(small(), ["training"], levers=[lever("training", low=0.1, high=0.1)])
    assert found["end"][0] == pytest.approx(32.768 * 1.1**2)
    capped = simulate(small(), ["training"], levers=[lever("training", low=9, high=9)])
    assert capped["end"][0] == pytest.approx(100 * 0.8**3)


def test_a_lever_has_a_range_the_same_at_every_run_and_hardly_moved_by_the_seed(simulate):
    first = simulate(small(), ["criteria"])
    assert simulate(small(), ["criteria"]) == first
    other = simulate(small(), ["criteria"], seed=2)
    low, high = (100 * 0.8**2 * 0.8 ** (3 * (1 - share)) for share in (0.22, 0.58))
    for found in (first, other):
        assert found["end"][1:] == pytest.approx([low, high], rel=1e-3), "one doubtful quantity: its own quantiles"
        assert found["gain"][1] < found["gain"][0] < found["gain"][2]


def test_an_odds_ratio_is_no_ratio_of_likelihoods(show, page):
    show()
    odds = page.evaluate("async () => (await import('./pipeline-model.js')).oddsRatio(1.5, 0.6)")
    assert odds == pytest.approx((0.6 / 0.4) / (0.4 / 0.6))


def test_the_first_state_is_pythons_and_a_prediction_is_recorded_then_corrected(show, page, watch: Watch):
    section = show()
    assert page.evaluate("window.states") == {}, "the page had to correct what Python said"
    slider = section.get_by_role("slider")
    slider.focus()
    for _ in range(10):
        slider.press("ArrowUp")
    press(section, "Run it")
    verdict = section.locator(".ek-pl-verdict")
    expect(verdict).to_be_focused()
    expect(verdict).to_contain_text("You predicted 60. For every 100 favoured colleagues, 33 held-back come through")
    told = state(section)
    assert told["predictions"] == {"small": 60}
    assert [row[-1] for row in told["table"][1:]] == ["80", "64", "51", "41", "33"]
    assert "for every 100 of the favoured side there are 33 of the held-back side" in told["words"]
    assert watch.troubles() == []


def test_a_near_prediction_is_called_near_and_none_is_none(show):
    section = show()
    slider = section.get_by_role("slider")
    slider.focus()
    for _ in range(15):
        slider.press("ArrowDown")
    press(section, "Run it")
    expect(section.locator(".ek-pl-verdict")).to_contain_text("About as you predicted: 35.")
    press(section, "Published and assumed")
    expect(section.locator(".ek-pl-verdict")).to_be_hidden()
    press(section, "Run it without predicting")
    assert state(section)["predictions"] == {"small": 35, "published": None}
    expect(section.locator(".ek-pl-verdict")).not_to_contain_text("predicted")


def test_what_is_published_and_what_is_assumed_is_on_the_face_of_each_gate(show):
    section = show(scenario="published")
    badges = section.locator(".ek-pl-basis").all_inner_texts()
    assert badges == ["Assumed", "Published", "Published", "Assumed", "Assumed"]
    press(section, "Run it without predicting")
    assert section.locator(".ek-pl-basis").all_inner_texts() == badges
    expect(section.locator(".ek-pl-source")).to_contain_text("All other numbers are the course’s assumptions")


def test_levers_and_years_are_worked_by_keyboard_and_told_as_ranges(show):
    section = show(scenario="published")
    press(section, "Run it without predicting")
    box = section.get_by_role("checkbox", name="Criteria")
    box.focus()
    box.press("Space")
    press(section, "15 years")
    told = state(section)
    assert (told["on"], told["years"]) == (["criteria"], 15)
    assert "With the change: " in told["words"]
    assert told["table"][0][-1] == "BME for every 100 white, with the change"
    for effect in section.locator(".ek-pl-effect").all_inner_texts():
        assert "(" in effect, effect
        assert " to " in effect, effect
    assert told["words"] == section.locator(".ek-words").text_content()
    box.press("Space")
    assert state(section)["on"] == []


def test_fixing_applicants_is_compared_with_fixing_the_process_after_a_prediction(show):
    section = show()
    press(section, "Run it without predicting")
    contest = section.get_by_role("group", name="Fix the applicants, or fix the process?")
    expect(contest).not_to_contain_text("Training only")
    press(section, "Train the applicants")
    assert state(section)["comparison"] == "training"
    expect(contest).to_contain_text("You predicted: train the applicants.")
    expect(contest).to_contain_text("training would have to make equally qualified people 1.25 times as likely")


def test_it_says_what_it_leaves_out_and_what_the_word_pipeline_hides(show):
    section = show()
    press(section, "Run it without predicting")
    assert section.locator(".ek-pl-limits dt").count() >= 5
    expect(section.locator(".ek-pl-not")).to_contain_text("Ask who pushes, not who leaks.")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_look_of_it_is_accessible(show, page, watch: Watch, theme):
    section = show(theme=theme, scenario="published")
    assert axe(page) == []
    press(section, "Run it")
    section.get_by_role("checkbox", name="Routes").check()
    press(section, "About the same")
    for summary in ("Ratio or odds ratio?", "In words", "As a table"):
        section.get_by_text(summary).click()
    assert axe(page) == []
    assert watch.troubles() == []


def test_it_fits_a_phone_and_a_thumb(show, page):
    page.set_viewport_size(PHONE)
    section = show(scenario="published")
    assert wider_than_screen(page) == []
    press(section, "Run it")
    section.get_by_role("checkbox", name="Criteria").check()
    press(section, "Show me without predicting")
    section.get_by_text("As a table").click()
    assert wider_than_screen(page) == []
    for control in section.locator("button:visible, label.ek-choice:visible, input[type=range]:visible").all():
        assert control.bounding_box()["height"] >= 44, control.inner_text()


def test_a_cell_in_a_notebook_moves_it_and_nothing_listens_once_it_has_left(page):
    made = PipelineSimulator(name="gates")
    page.set_content(f"<style>{styles('pipeline')}</style><main></main>")
    page.evaluate(RENDER, [source("pipeline"), made.state()])
    page.evaluate("window.fromPython({ predictions: { small: 40 }, years: 10 })")
    expect(page.locator(".ek-pl-verdict")).to_contain_text("You predicted 40.")
    assert page.evaluate("window.saved.words").count("Years: 10.") == 1
    assert page.evaluate("window.listening()") > 0
    page.evaluate("window.leave()")
    assert page.evaluate("window.listening()") == 0
