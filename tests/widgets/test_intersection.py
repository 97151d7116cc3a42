"""The intersection explorer as Python makes it: its sums, what it hides, what it says, what it refuses."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, special, stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import IntersectionExplorer
from equitykit.widgets.intersection_cells import Cell, cells, combine, hide, right_pick, wilson
from equitykit.widgets.intersection_spread import variance_between
from equitykit.widgets.intersection_texts import AXES, OUTCOMES
from equitykit.widgets.intersection_words import limits, one, signed, table, veiled, view_key, words

DIFFICULTY = "difficulty_getting_appointment"
ALL_AXES = [axis["key"] for axis in AXES]
VIEWS = [list(axes) for many in (1, 2, 3) for axes in itertools.combinations(ALL_AXES, many)]


@pytest.fixture(scope="module")
def people() -> pd.DataFrame:
    return data.load("synthetic-intersections")


@pytest.fixture
def made(people) -> IntersectionExplorer:
    return IntersectionExplorer(people)


def opened(state: dict) -> dict:
    """The state once its cells have been predicted."""
    return {**state, "predictions": {view_key(state): {"cell": state["focus"], "said": "shown"}}}


def cell(state: dict, key: str) -> Cell:
    return next(each for each in cells(state) if each.key == key)


def test_it_opens_on_sex_and_ethnicity_with_the_cells_where_both_meet_unseen(made):
    assert (made.name, made.axes, made.outcome, made.focus) == (
        "intersection-explorer",
        ["sex", "ethnic_group"],
        DIFFICULTY,
        "female, Black",
    )
    waiting = [row[0] for row in made.table if "predict first" in row]
    assert waiting == ["female, Asian", "female, Black", "female, Mixed", "female, Other"]
    assert "42.9" not in made.words


def test_what_adding_up_gives_is_shown_before_the_rate(made):
    assert made.table[3] == ["female, Black", "443", "predict first", "predict first", "predict first", "31.4%"]
    assert "makes 31.4%. Predict before you see the rate." in made.words


def test_a_cells_counts_are_those_of_the_people(made, people):
    here = people[(people["sex"] == "female") & (people["ethnic_group"] == "Black")]
    found = cell(made.state(), "female, Black")
    assert (found.people, found.happened) == (len(here), int(here[DIFFICULTY].sum()))
    assert sum(each.people for each in cells(made.state())) == len(people)


def test_rates_and_differences_have_the_intervals_of_statsmodels(made):
    found, reference = cell(made.state(), "female, Black"), cell(made.state(), "male, White")
    assert found.rate[1:] == pytest.approx(proportion_confint(found.happened, found.people, method="wilson"))
    newcombe = confint_proportions_2indep(
        found.happened, found.people, reference.happened, reference.people, method="newcomb"
    )
    assert found.difference[1:] == pytest.approx(newcombe)


def test_adding_up_and_multiplying_start_from_the_pieces(made):
    rates = {each.key: each.rate[0] for each in cells(made.state())}
    found = cell(made.state(), "female, Black")
    start, one_piece, other = rates["male, White"], rates["female, White"], rates["male, Black"]
    assert found.adding == pytest.approx(one_piece + other - start)
    assert found.multiplying == pytest.approx(one_piece * other / start)
    assert found.departure[0] == pytest.approx(rates["female, Black"] - found.adding)


def test_three_axes_add_three_differences_to_one_start(made):
    state = {**made.state(), "axes": ["sex", "ethnic_group", "disabled"]}
    rates = {each.key: each.rate[0] for each in cells(state)}
    start = rates["male, White, not disabled"]
    pieces = [rates[f"{key}"] for key in ("female, White, not disabled", "male, Black, not disabled")]
    pieces.append(rates["male, White, disabled"])
    assert cell(state, "female, Black, disabled").adding == pytest.approx(start + sum(each - start for each in pieces))


def test_the_interval_of_a_sum_covers_as_often_as_it_says():
    rng, chances, sizes = np.random.default_rng(7), (0.3, 0.25, 0.2, 0.15), (120, 90, 200, 400)
    signs = (1, -1, -1, 1)
    truth = sum(sign * chance for sign, chance in zip(signs, chances, strict=True))
    draws = 2000
    held = 0
    for _ in range(draws):
        terms = [(s, wilson(int(rng.binomial(n, p)), n)) for s, p, n in zip(signs, chances, sizes, strict=True)]
        _, low, high = combine(terms)
        held += low <= truth <= high
    low, high = stats.binom.interval(0.9999, draws, 0.95)
    assert held > low, "it covers too seldom"
    assert held / draws < 0.98


def test_a_cell_with_a_small_count_of_any_kind_is_hidden():
    made = [Cell("a", (0,), 100, 50), Cell("b", (1,), 5, 0), Cell("c", (2,), 90, 3), Cell("d", (3,), 80, 76)]
    hide(made, 7, secondary=False)
    assert [each.hidden for each in made] == [False, True, True, True]
    hide(made, 4, secondary=False)
    assert [each.hidden for each in made] == [False, False, True, True]
    hide(made, 0, secondary=True)
    assert not any(each.hidden for each in made)


def test_nobody_and_zero_may_be_shown():
    made = [Cell("a", (0,), 100, 0), Cell("b", (1,), 0, 0)]
    hide(made, 7, secondary=True)
    assert not any(each.hidden for each in made)


@pytest.mark.parametrize("axes", VIEWS, ids="+".join)
def test_no_total_gives_one_hidden_cell_away(made, axes):
    everyone = cells({**made.state(), "axes": axes})
    for axis in range(len(axes)):
        lines: dict[tuple[int, ...], list[Cell]] = {}
        for each in everyone:
            lines.setdefault(each.place[:axis] + each.place[axis + 1 :], []).append(each)
        for line in lines.values():
            hidden = [each for each in line if each.hidden]
            still = [each for each in line if not each.hidden and each.people]
            assert len(hidden) != 1 or not still, [each.key for each in line]


def test_without_the_second_step_fewer_cells_are_hidden(made):
    state = {**made.state(), "axes": ["ethnic_group", "sexual_orientation"]}
    second = {each.key for each in cells(state) if each.hidden}
    first = {each.key for each in cells({**state, "secondary": False}) if each.hidden}
    assert first == {"Other, LGB+"}
    assert first < second


@pytest.mark.parametrize("axes", VIEWS, ids="+".join)
def test_a_hidden_cell_shows_no_number_anywhere(made, axes):
    state = opened({**made.state(), "axes": axes})
    for each, row in zip(cells(state), table(state)[1:], strict=True):
        assert row[0] == each.key
        if each.hidden:
            assert row[1:] == ["suppressed"] * 4 + ["–"]
            assert (each.rate, each.adding, each.departure) == (None, None, None)


@pytest.mark.parametrize("axes", VIEWS, ids="+".join)
def test_every_state_has_something_true_to_say(made, axes):
    for outcome, up_to in itertools.product([each["key"] for each in OUTCOMES], [0, 7]):
        state = {**made.state(), "axes": axes, "outcome": outcome, "hide_up_to": up_to}
        everyone = cells(state)
        for focus in everyone:
            here = {**state, "focus": focus.key}
            for told in (here, opened(here)):
                said = words(told)
                assert said.startswith("Synthetic data: nobody in it exists."), here
                assert not {"nan", "None", "undefined"} & set(said.split()), here
                assert "What you may not infer." in said


def test_a_cell_in_waiting_is_not_given_away_by_the_panel(made):
    state = {**made.state(), "focus": "female, Black"}
    focus = cell(state, "female, Black")
    assert veiled(focus, state)
    said = " ".join(text for _, text in limits(focus, cells(state), state))
    assert "253" not in said
    assert "57 in 100" not in said
    shown = opened(state)
    said = " ".join(text for _, text in limits(focus, cells(shown), shown))
    assert "253 are not among those who had difficulty" in said
    assert "wrong about 57 in 100" in said


def test_the_panel_says_what_the_chosen_axes_do_not_hold(made):
    made.axes = ["disabled", "sexual_orientation"]
    assert "the barriers that people meet" in made.words
    assert "differ in sex, ethnicity and deprivation, which you have not chosen" in made.words
    assert "Trans, non-binary" not in made.words
    made.axes = ["sex"]
    assert "Trans, non-binary and intersex people cannot be seen here" in made.words
    assert "migration status and class" in made.words


def test_axes_are_named_with_the_systems_that_they_stand_for(made):
    assert all("(" in axis["label"] for axis in made.frame)
    assert "here sexism and racism), not by what people are" in made.words


def test_cells_keep_the_order_of_their_categories_and_rank_nobody(made):
    made.axes = ["ethnic_group"]
    assert [row[0] for row in made.table[1:]] == ["White", "Asian", "Black", "Mixed", "Other"]


def test_the_share_between_cells_grows_weaker_words_only_where_it_is_small(made):
    assert "2.1% of the variation" in made.words
    assert "very little about the person" in made.words
    made.outcome, made.axes = "good_health", ["disabled"]
    assert "knowing the cell tells you something" in made.words


def test_variance_between_is_that_of_the_integrated_likelihood():
    people, happened = np.array([12, 30, 9, 50]), np.array([2, 15, 6, 11])

    def likelihood(centre: float, spread: float) -> float:
        total = 0.0
        for n, y in zip(people, happened, strict=True):

            def term(u: float, n: int = int(n), y: int = int(y)) -> float:
                chance = special.expit(centre + spread * u)
                return math.exp(stats.binom.logpmf(y, n, chance) + stats.norm.logpdf(u))

            total += math.log(integrate.quad(term, -8, 8, points=[0], limit=200)[0])
        return total

    found = variance_between(people, happened) ** 0.5
    centres = np.linspace(-1.5, 0.5, 41)
    best = max(likelihood(centre, found) for centre in centres)
    for other in (found * 0.8, found * 1.25):
        assert max(likelihood(centre, other) for centre in centres) < best


def test_cells_that_do_not_differ_share_no_variation():
    assert variance_between([100, 200, 50], [20, 40, 10]) == pytest.approx(0, abs=1e-4)
    assert variance_between([100, 50], [0, 0]) == 0


def test_a_right_pick_is_the_rank_statistic():
    made = [Cell("a", (0,), 30, 3), Cell("b", (1,), 20, 8), Cell("c", (2,), 10, 4), Cell("d", (3,), 0, 0)]
    yes = np.repeat([0.1, 0.4, 0.4], [3, 8, 4])
    no = np.repeat([0.1, 0.4, 0.4], [27, 12, 6])
    u = stats.mannwhitneyu(yes, no).statistic
    assert right_pick(made) == pytest.approx(u / (len(yes) * len(no)))


@pytest.mark.parametrize(
    ("value", "plain", "with_sign"),
    [
        (0.0625, "6.3", "+6.3"),
        (-0.0625, "−6.3", "−6.3"),
        (0.0004, "0.0", "0.0"),
        (-0.0004, "0.0", "0.0"),
        (1, "100.0", "+100.0"),
    ],
)
def test_percentages_round_halves_away_from_zero(value, plain, with_sign):
    assert (one(value), signed(value)) == (plain, with_sign)


def test_the_page_gets_counts_and_no_rows_of_people(made, people):
    told = json.dumps(made.bundle(), allow_nan=False)
    assert len(told.encode()) < 40_000
    assert sum(row[5] for row in made.counts) == len(people)
    assert json.dumps(IntersectionExplorer(people).bundle()) == told


def test_without_a_script_every_cell_is_told(made):
    still = made.still()
    assert "42.9%" in still
    assert "predict first" not in still
    assert made.predictions == {}


def test_setting_the_state_from_python_changes_words_table_and_focus(made):
    made.axes = ["disabled", "deprivation_fifth"]
    assert made.focus == "disabled, fifth 1 (most deprived)"
    made.predictions = {view_key(made.state()): {"cell": made.focus, "said": "more"}}
    assert "more than adding up" in made.words
    made.focus = "not disabled, fifth 5 (least deprived)"
    assert "This is the reference" in made.words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"axes": ["sex", "age"]}, "there is no axis age"),
        ({"axes": []}, "choose one to 3"),
        ({"axes": ALL_AXES[:4]}, "choose one to 3"),
        ({"axes": ["sex", "sex"]}, "each once"),
        ({"outcome": "death"}, "there is no outcome 'death'"),
        ({"focus": {"sex": "female"}}, "focus has None for ethnic_group"),
        ({"hide_up_to": -1}, "hide_up_to is -1"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(people, arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        IntersectionExplorer(people, **arguments)
    assert "\n" not in str(refused.value)


def test_a_table_that_lacks_something_is_refused(people):
    with pytest.raises(CourseError, match="no column disabled"):
        IntersectionExplorer(people.drop(columns="disabled"))
    with pytest.raises(CourseError, match="does not say its source"):
        IntersectionExplorer(people.copy().set_axis(people.index).pipe(lambda df: pd.DataFrame(df.to_dict("list"))))
    strange = people.head(100).copy()
    strange.attrs = people.attrs
    strange.loc[strange.index[0], "sex"] = "unknown"
    with pytest.raises(CourseError, match="'sex' holds unknown"):
        IntersectionExplorer(strange)


def test_a_state_that_is_not_there_cannot_be_set(made):
    with pytest.raises(CourseError, match="no axis"):
        made.axes = ["shoe size"]
    with pytest.raises(CourseError, match="no outcome"):
        made.outcome = "birth"
    assert made.axes == ["sex", "ethnic_group"]
