"""The category explorer as Python makes it: real counts, groupings, what an average hides."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitykit import data
from equitykit.errors import CourseError
from equitykit.measures import SuppressionRule, suppress_small_numbers
from equitykit.widgets import CategoryExplorer
from equitykit.widgets.categories_figures import KEYS, figure
from equitykit.widgets.categories_groups import PRESETS, key_of, members, moved, named, preset, split
from equitykit.widgets.categories_words import groups, hidden, service, table, veiled, verdict, widest, words

MADE = CategoryExplorer()
CATEGORIES = MADE.categories
NAMES = [one["name"] for one in CATEGORIES]


def told(**changes: object) -> CategoryExplorer:
    made = CategoryExplorer(**changes)  # type: ignore[arg-type]
    made.predictions = {f"{made.figure} / {made.grouping}": "shown"}
    return made


def test_every_person_of_the_census_is_in_one_group_whatever_the_grouping():
    census = data.load("census-ethnic-groups").query("area == 'England and Wales'")
    for key in PRESETS:
        made = CategoryExplorer(grouping=key)
        assert sum(one.people for one in groups(made.state())) == census["people"].sum()
        assert len(groups(made.state())) == int(key)


def test_five_groups_are_the_sums_of_the_source():
    census = data.load("census-ethnic-groups").query("area == 'England and Wales'")
    sums = census.groupby("broad_group")["people"].sum()
    assert {one.name: one.people for one in groups(MADE.state())} == sums.to_dict()


def test_it_opens_on_a_question_and_tells_no_spread_before_an_answer():
    assert veiled(MADE.state())
    assert "inside:" not in MADE.words
    assert [row[4] for row in MADE.table[1:]].count("predict first") == 3


def test_the_answer_is_the_group_whose_categories_lie_furthest_apart():
    made = CategoryExplorer()
    made.predictions = {"social renting / 5": "Black"}
    said = verdict(made.state())
    assert said.startswith("You predicted Black. The widest spread is inside White: 14% (White Irish) to 44%")
    assert "Nothing can be told of the inside of Mixed and Other." in said
    assert "As a ratio it is Asian" in said
    made.predictions = {"social renting / 5": "White"}
    assert verdict(made.state()).startswith("As you predicted.")


@pytest.mark.parametrize("key", KEYS)
def test_a_figure_tells_what_was_published_and_why_the_rest_is_missing(key):
    found = figure(key, NAMES)
    assert set(found["values"]) | set(found["missing"]) == set(NAMES)
    assert not set(found["values"]) & set(found["missing"])


def test_rates_of_counts_collapse_exactly_and_keep_a_suppressed_count_hidden():
    made = told(figure="deaths with COVID-19")
    source = data.load("covid-ethnicity-stepwise").query(
        "outcome == 'death with COVID-19' and grouping == '5 groups' and model_order == 1 and ethnic_group == 'Black'"
    )
    black = next(one for one in groups(made.state()) if one.name == "Black")
    assert black.average == pytest.approx(100_000 * int(source["events"].iloc[0]) / int(source["people"].iloc[0]))
    assert made.figures[1]["unrecorded"] == 26.3
    care = CategoryExplorer(figure="intensive care", grouping="19")
    assert care.table[2][3] == "suppressed in the source"


def test_a_published_average_stands_where_there_is_one_and_none_is_made_of_nothing():
    found = {one.name: one for one in groups(MADE.state())}
    assert (found["Mixed"].average, found["Mixed"].published) == (27, True)
    assert found["Other"].average is None
    assert "Other no figure" in MADE.words


def test_nhs_letters_have_none_for_three_boxes():
    made = CategoryExplorer(grouping="16")
    inside = members(made.assigned, CATEGORIES)
    assert inside["Other White"] == ["Gypsy or Irish Traveller", "Roma", "Other White"]
    assert inside["Any other ethnic group"] == ["Arab", "Any other ethnic group"]
    assert made.words.count("3 of 19 names: 500,577 people") == 1


def test_a_grouping_of_ones_own_is_named_by_what_is_in_it():
    made = CategoryExplorer(grouping="19")
    made.move("Bangladeshi", "Pakistani")
    assert made.grouping == "own"
    assert "Pakistani and Bangladeshi" in [row[0] for row in made.table]
    made.move("Bangladeshi")
    assert made.grouping == "19", "back to each by itself"
    made.collapse("Asian")
    made.move("Chinese")
    made.move("Arab", "Asian")
    assert "Asian without Chinese with Arab" in [row[0] for row in made.table]
    made.split("Asian")
    assert made.grouping == "19"


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(st.just(""), st.sampled_from(NAMES))), max_size=25),
    st.sampled_from(PRESETS),
)
@settings(deadline=None, max_examples=60)
def test_however_categories_are_moved_each_is_in_one_group_and_every_group_has_a_name_of_its_own(moves, start):
    assigned = preset(start, CATEGORIES)
    for category, into in moves:
        target = assigned[NAMES.index(into)] if into else ""
        assigned = moved(assigned, category, target, CATEGORIES)
        inside = members(assigned, CATEGORIES)
        home = next(names for names in inside.values() if category in names)
        assert home == [category] if not into else into in home
    inside = members(assigned, CATEGORIES)
    assert sorted(name for names in inside.values() for name in names) == sorted(NAMES)
    for label in list(inside):
        if len(inside[label]) > 1:
            assigned = split(assigned, label, CATEGORIES)
    assert key_of(assigned, CATEGORIES) == "19"
    singles = members(assigned, CATEGORIES).items()
    assert [named(label, names, CATEGORIES) for label, names in singles] == NAMES


@given(st.lists(st.integers(0, 60), min_size=1, max_size=19), st.sampled_from([4, 7, 9]))
@settings(deadline=None, max_examples=60)
def test_what_is_hidden_is_what_the_kit_hides(counts, up_to):
    table_ = pd.DataFrame({"people": counts})
    rule = SuppressionRule(1, up_to, 1)
    try:
        wanted = suppress_small_numbers(table_, count="people", totals=[[]], rule=rule)["suppressed"].tolist()
    except CourseError:
        wanted = [True] * len(counts)
    assert hidden(counts, up_to) == wanted


def test_the_service_has_the_areas_make_up_and_finer_groups_hide_more():
    made = CategoryExplorer(area="Bradford", service=1_000, not_stated=0)
    census = data.load("census-ethnic-groups").query("area == 'Bradford'")
    share = census.query("broad_group == 'Asian'")["people"].sum() / census["people"].sum()
    asian = service(made.state()).counts[2]
    assert asian == pytest.approx(1_000 * share, abs=3), "five rounded counts"
    hides = [sum(service(made.state(), preset(key, CATEGORIES)).hidden) for key in PRESETS]
    assert hides == sorted(hides, reverse=True)
    assert hides[0] > hides[-1] == 0


def test_people_without_a_stated_group_make_more_counts_small():
    few, many = (sum(service(CategoryExplorer(grouping="19", not_stated=share).state()).hidden) for share in (0, 47))
    assert few < many


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("grouping", PRESETS)
def test_words_and_rows_agree_in_every_view(key, grouping):
    made = told(figure=key, grouping=grouping)
    state = made.state()
    assert (made.words, made.table) == (words(state), table(state))
    assert len(made.table) == int(grouping) + 1
    for one in groups(state):
        assert one.name in made.words
    most = widest(groups(state))
    if most is not None:
        assert most.low is not None
        assert most.low[0] in made.words


def test_setting_the_state_from_python_keeps_it_true():
    made = CategoryExplorer()
    made.grouping = "2"
    assert made.assigned == preset("2", CATEGORIES)
    assert made.table[2][0] == "All other groups"
    made.area = "Isles of Scilly"
    assert made.table[0][-1] == "Service in Isles of Scilly, scaled"
    assert "in Isles of Scilly sees" in made.words


def test_without_a_script_everything_is_told_and_the_bundle_is_small_and_the_same_each_time():
    assert "predict first" not in MADE.still()
    first, second = (json.dumps(CategoryExplorer().bundle(), allow_nan=False) for _ in range(2))
    assert first == second
    assert len(first) < 20_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"figure": "height"}, "figure 'height' is not there"),
        ({"figures": ["height"]}, "figure 'height' is not there"),
        ({"grouping": "18"}, "grouping is '18'"),
        ({"grouping": "own"}, "grouping is 'own'"),
        ({"area": "Atlantis"}, "area 'Atlantis' is not there"),
        ({"service": 3}, "service is 3; use 20 to 1,000,000"),
        ({"not_stated": 95}, "not_stated is 95"),
        ({"hide_up_to": 0}, "hide_up_to is 0"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        CategoryExplorer(**arguments)
    assert "\n" not in str(refused.value)


def test_a_state_that_is_not_there_cannot_be_set():
    made = CategoryExplorer()
    for trait, value in (("figure", "x"), ("area", "x"), ("service", 1), ("assigned", ["a"])):
        with pytest.raises(CourseError):
            setattr(made, trait, value)
    with pytest.raises(CourseError, match="category 'Martian' is not there"):
        made.move("Martian", "Asian")
