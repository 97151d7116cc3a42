"""Flip the reference as Python makes it: the sentence of every choice, what it refuses, what it keeps true."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pandas as pd
import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import FlipReference
from equitykit.widgets.flip_words import change, percent, sentence, side, table, words

SOURCE = {"source": "Made for a test"}


def rows(**groups: float | None) -> pd.DataFrame:
    return pd.DataFrame({"group": list(groups), "value": list(groups.values())})


def flip(df: pd.DataFrame, **changes: Any) -> FlipReference:
    arguments = {
        "group": "group",
        "value": "value",
        "higher_is": "worse",
        "unit": "patients",
        "outcome": "patients per GP",
        "comparatives": ("more", "fewer"),
        "source": SOURCE,
    }
    return FlipReference(df, **(arguments | changes))


def rate(df: pd.DataFrame, **changes: Any) -> FlipReference:
    wording = {"higher_is": "better", "unit": "%", "outcome": "award rate", "comparatives": ("higher", "lower")}
    return flip(df, **(wording | changes))


def trials(**changes: Any) -> FlipReference:
    """Who took part in trials, held against two censuses."""
    table = data.load("trial-participants-by-ethnicity")
    people = table[table["comparator"] == "census 2011"]
    shares = {
        year: dict(part[["ethnic_group", "population_percent"]].itertuples(index=False))
        for year, part in table.groupby(table["comparator"].astype(str).str[-4:])
    }
    return FlipReference(
        people,
        **{
            "group": "ethnic_group",
            "value": "percent",
            "low": "low",
            "high": "high",
            "higher_is": "better",
            "unit": "%",
            "outcome": "share of trial participants",
            "frames": [
                {"label": f"their share of the population in {year}", "kind": "population", "values": values}
                for year, values in shares.items()
            ],
        }
        | changes,
    )


def test_it_opens_on_the_usual_telling_first_group_against_last():
    made = flip(rows(north=2400, middle=2200, south=2000))
    assert (made.focus, made.reference, made.scale) == ("north", "south", "ratio")
    assert made.framing == "disadvantage"
    assert sentence(made.state()) == "North have 20% more patients per GP than south: a disadvantage."


def test_turned_over_the_percentage_changes_and_the_difference_does_not():
    made = flip(rows(north=2400, south=2000))
    assert change(made.state()) == "smaller"
    made.framing = "advantage"
    assert (made.focus, made.reference) == ("south", "north")
    assert sentence(made.state()) == "South have 17% fewer patients per GP than north: an advantage."
    assert change(made.state()) == "larger"
    made.scale = "difference"
    assert sentence(made.state()) == "South have 400 fewer patients per GP than north: an advantage."
    assert change(made.state()) == "same"


def test_percentages_differ_by_percentage_points_on_one_scale_and_by_percent_on_the_other():
    made = rate(
        rows(minority=17, White=27), labels={"minority": "ethnic minority applicants", "White": "White applicants"}
    )
    assert sentence(made.state()).startswith(
        "Ethnic minority applicants have an award rate 37% lower than White applicants"
    )
    made.scale = "difference"
    assert "an award rate 10 percentage points lower than White applicants: a disadvantage." in made.words


def test_one_percentage_point_is_one():
    assert "1 percentage point lower" in rate(rows(women=17, men=18), scale="difference").words


@pytest.mark.parametrize(
    ("ratio", "shown"), [(1.15, "15%"), (0.625, "38%"), (1.004, "0.4%"), (1.0, "0%"), (2.5, "150%"), (1.0004, "0%")]
)
def test_percentages_are_whole_unless_they_are_under_one_and_halves_go_up(ratio, shown):
    assert percent(ratio) == shown


def test_what_is_equal_as_rounded_is_not_told_as_an_advantage():
    assert (
        "have the same patients per GP as south: 2,000 patients against 2,000 patients."
        in flip(rows(north=2000, south=2000)).words
    )
    near = flip(rows(north=2000.3, south=2000.0), decimals=0)
    assert "the same patients per GP as south, as rounded here" in near.words


def test_the_table_keeps_the_sources_order_and_says_who_is_the_norm_and_who_goes_unnamed():
    made = flip(rows(south=2000, north=2400, middle=2200), focus="north", reference="south", unnamed="the ministry")
    assert [row[0] for row in made.table[1:]] == ["South", "North", "Middle"]
    assert [row[-1] for row in made.table[1:]] == ["norm", "subject", "not named"]
    assert made.table[2][2:4] == ["+20%", "+400 patients"]
    assert "Not named: middle; the ministry." in made.words


def test_a_group_without_a_figure_is_said_and_cannot_be_compared():
    made = flip(rows(north=2400, west=None, south=2000))
    assert "west not given" in made.words
    assert made.table[2][1:4] == ["not given"] * 3
    made.reference = "west"
    assert made.reference == "south"


def test_a_target_or_the_whole_population_can_be_the_reference():
    made = flip(
        rows(north=2400, south=2000),
        frames=[{"label": "the promised list", "kind": "target", "value": 1800}],
        reference="the promised list",
    )
    assert "Compared with the promised list (1,800 patients)" in made.words
    assert made.framing == "disadvantage"
    assert made.table[-1] == ["The promised list", "1,800 patients", "reference", "reference", "norm"]
    made.focus = "south"
    assert made.framing == "disadvantage", "both groups may miss a target"
    made.framing = "advantage"
    assert (made.focus, made.framing) == ("south", "disadvantage"), "a target cannot be made the subject"


def test_each_group_against_its_own_share_and_the_reference_year_turns_the_story():
    made = trials(focus="White", reference="their share of the population in 2011")
    assert made.framing == "level"
    assert "too near to tell apart" in made.words
    assert "It holds the reference" in made.words
    made.focus = "Black"
    assert made.framing == "disadvantage"
    assert "70% lower than their share of the population in 2011: a disadvantage." in made.words
    assert "does not hold the reference" in made.words
    assert made.table[0][3] == "Their share of the population in 2011"
    made.reference, made.focus = "their share of the population in 2021", "White"
    assert [row[3] for row in made.table[1:]] == ["81.7%", "9.3%", "4.0%", "2.9%", "2.1%"]


def test_two_intervals_are_not_read_as_an_interval_of_the_comparison():
    assert "They belong to each figure, not to the comparison" in trials(focus="White", reference="Black").words


def test_several_series_each_with_texts_of_its_own():
    df = pd.DataFrame(
        {
            "group": ["poor", "rich", "poor", "rich", "middle"],
            "value": [2450, 2130, 60, 58, 59],
            "measure": ["patients per GP", "patients per GP", "GPs", "GPs", "GPs"],
        }
    )
    texts = {"outcome": "GPs for every 100,000 people", "unit": "GPs", "higher_is": "better", "note": "Weighted."}
    made = flip(df, series="measure", series_texts={"GPs": texts})
    assert made.words.startswith("patients per GP. Patients per GP: poor 2,450 patients")
    made.series = "GPs"
    assert (made.focus, made.reference, made.framing) == ("poor", "rich", "advantage")
    assert "Poor have 3% more GPs for every 100,000 people than rich: an advantage." in made.words
    assert made.words.endswith("Weighted.")
    made.focus = "middle"
    made.series = "patients per GP"
    assert made.focus in {"poor", "rich"}


@pytest.mark.parametrize("build", [trials, lambda: flip(rows(north=2400, middle=2200, south=2000))])
def test_every_state_has_a_true_sentence_and_words_and_rows_that_agree(build):
    made = build()
    names = [one["group"] for one in made.figures[0]["groups"]]
    references = [*names, *(one["label"] for one in made.frames)]
    for scale in ("ratio", "difference"):
        for focus, reference in permutations(references, 2):
            if focus not in names:
                continue
            state = made.state() | {"scale": scale, "focus": focus, "reference": reference}
            told = sentence(state)
            assert told in words(state)
            assert ("a disadvantage." in told) == (side(state, focus) == "disadvantage")
            assert [row[-1] for row in table(state)].count("subject") == 1


def test_the_static_form_is_the_same_each_time_and_plain_json():
    first, second = (trials(name="flip").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "flip"


@pytest.mark.parametrize(
    ("df", "changes", "message"),
    [
        (rows(a=1, b=2), {"value": "figure"}, "no column 'figure'"),
        (rows(a=1, b=2), {"low": "low"}, "an interval has two ends"),
        (rows(a=1, b=0), {}, "b is 0; a percentage against a reference needs figures above 0"),
        (rows(a=1, b=-2), {}, "b is -2"),
        (rows(a=1), {}, "fewer than two groups have a figure"),
        (pd.concat([rows(a=1, b=2)] * 2), {}, "'a', 'b' has more than one row"),
        (rows(a=1, b=2), {"higher_is": "more"}, "higher_is is 'more'; use 'worse' or 'better'"),
        (rows(a=1, b=2), {"focus": "c"}, "focus 'c' is not there"),
        (rows(a=1, b=2), {"focus": "a", "reference": "a"}, "reference 'a' is not there; use one of 'b'"),
        (rows(a=1, b=2), {"comparatives": ("more",)}, "comparatives takes two words"),
        (rows(a=1, b=2), {"series_texts": {"x": {}}}, "series 'x' is not there"),
        (rows(a=1, b=2), {"frames": [{"label": "a", "kind": "target", "value": 1}]}, "label that is no group's name"),
        (rows(a=1, b=2), {"frames": [{"label": "t", "kind": "norm", "value": 1}]}, "has kind 'norm'"),
        (rows(a=1, b=2), {"frames": [{"label": "t", "kind": "target"}]}, "exactly one of them"),
        (rows(a=1, b=2), {"frames": [{"label": "t", "kind": "target", "values": {"a": 1}}]}, "no value for 'b'"),
        (rows(a=1, b=2), {"source": None}, "does not say its source"),
        (rows(a=1, b=2).assign(low=2, high=3), {"low": "low", "high": "high"}, "a: 1 is not between 2 and 3"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(df, changes, message):
    with pytest.raises(CourseError, match=message) as refused:
        flip(df, **changes)
    assert "\n" not in str(refused.value)


def test_a_state_that_is_not_there_cannot_be_set():
    made = flip(rows(a=1, b=2))
    for trait in ("series", "reference", "focus"):
        with pytest.raises(CourseError, match="is not there"):
            setattr(made, trait, "moon")
    assert (made.focus, made.reference) == ("a", "b")
