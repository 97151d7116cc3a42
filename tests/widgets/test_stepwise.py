"""The stepwise explorer as Python makes it: what it says at first, what it refuses, what it keeps true."""

from __future__ import annotations

import json
import math

import pandas as pd
import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import StepwiseAdjustment
from equitykit.widgets.stepwise import movement, words
from equitykit.widgets.stepwise_texts import OUTCOMES, READINGS, STEPS

DEATH = "death with COVID-19"


@pytest.fixture
def table() -> pd.DataFrame:
    return data.load("covid-ethnicity-stepwise")


def changed(table: pd.DataFrame, where: dict[str, str], **values: object) -> pd.DataFrame:
    """A copy in which the rows that match have other values."""
    copy = table.copy()
    copy.attrs = table.attrs
    rows = pd.Series(True, index=copy.index)
    for column, value in where.items():
        rows &= copy[column] == value
    assert rows.any()
    for column, value in values.items():
        copy.loc[rows, column] = value
    return copy


def test_it_opens_on_the_crude_deaths_with_the_first_group_that_is_not_the_reference(table):
    made = StepwiseAdjustment(table, name="steps")
    assert (made.step, made.outcome, made.grouping, made.focus) == (0, DEATH, "5 groups", "South Asian")
    assert made.predictions == {}
    assert made.words.startswith("Death with COVID-19, 5 groups. Step 1 of 5: Crude.")
    assert "protected from dying with COVID-19" in made.words


def test_the_table_keeps_the_sources_order_and_ranks_nobody(table):
    made = StepwiseAdjustment(table, name="steps", step=1)
    assert [row[0] for row in made.table[1:]] == ["White", "South Asian", "Black", "Mixed", "Other", "Unknown"]
    assert made.table[1][1] == "1 (reference)"
    assert made.table[2] == ["South Asian", "1.85 (1.71–2.01)", "0.89 (0.83–0.97)", "734", "1,025,319"]


def test_the_words_tell_how_the_group_in_focus_moved(table):
    assert "South Asian moved across 1: from 0.89 to 1.85." in StepwiseAdjustment(table, name="s", step=1).words
    assert "South Asian moved towards 1: from 1.85 to 1.64." in StepwiseAdjustment(table, name="s", step=2).words


@pytest.mark.parametrize(
    ("before", "after", "way"),
    [
        (0.89, 1.85, "across"),
        (1.85, 1.64, "towards"),
        (0.51, 0.44, "away"),
        (0.50, 1.90, "across"),
        (1.04, 1.04, "still"),
        (1.00, 1.03, "away"),
        (1.03, 1.00, "towards"),
    ],
)
def test_a_move_is_towards_one_away_from_it_or_across_it(before, after, way):
    assert movement(before, after) == way


def test_a_half_is_as_far_from_one_as_a_double():
    assert movement(0.5, 0.51) == "towards"
    assert math.isclose(-math.log(0.5), math.log(2))


def test_setting_the_state_from_python_changes_words_and_table(table):
    made = StepwiseAdjustment(table, name="steps")
    made.step = 4
    made.focus = "Black"
    assert "Step 5 of 5: Household size" in made.words
    assert made.table[3][1] == "1.51 (1.33–1.71)"
    made.grouping = "16 groups"
    assert made.focus in {row[0] for row in made.table[1:]}
    assert len(made.table) == 18


def test_every_state_has_something_true_to_say(table):
    state = StepwiseAdjustment(table, name="steps").state()
    for outcome, groupings in state["series"].items():
        for grouping, groups in groupings.items():
            for group in groups:
                for step in range(len(state["steps"])):
                    here = {"outcome": outcome, "grouping": grouping, "focus": group["group"], "step": step}
                    told = words(state | here)
                    assert "nan" not in told.split(), here
                    assert "{" not in told, here
                    assert "If you stopped here, you might wrongly conclude that " in told, here


def test_the_reference_group_and_unrecorded_ethnicity_are_named_as_what_they_are(table):
    assert "They are the ruler" in StepwiseAdjustment(table, name="s", focus="White").words
    assert "GP record held no ethnicity" in StepwiseAdjustment(table, name="s", focus="Unknown").words


def test_suppressed_events_and_a_missing_estimate_are_said_not_shown_as_numbers(table):
    rows = {"outcome": "intensive care admission", "grouping": "16 groups", "ethnic_group": "White Irish"}
    made = StepwiseAdjustment(
        changed(table, rows | {"model": "crude"}, low=pd.NA, high=pd.NA),
        name="s",
        outcome="intensive care admission",
        grouping="16 groups",
        focus="White Irish",
    )
    row = next(row for row in made.table if row[0] == "White Irish")
    assert row[1] == "not published"
    assert row[3] == "suppressed in the source"
    assert "no estimate is not an estimate of no effect" in made.words


def test_the_static_form_is_the_same_each_time_and_plain_json(table):
    first, second = (StepwiseAdjustment(table, name="steps").bundle() for _ in range(2))
    assert json.dumps(first, allow_nan=False) == json.dumps(second, allow_nan=False)
    assert first["module"] == "stepwise"


def test_the_default_texts_cover_every_model_and_outcome_of_the_data(table):
    assert [step["model"] for step in STEPS] == list(table.sort_values("model_order")["model"].astype(str).unique())
    assert {one["outcome"] for one in OUTCOMES} == set(table["outcome"])
    for step in STEPS:
        assert set(step["stop_here"]) == set(READINGS)


def test_the_shares_and_ages_in_the_default_texts_are_those_of_the_data():
    context = data.load("covid-structural-context")
    structure = " ".join(step["structure"] for step in STEPS)
    ages = context[context["characteristic"] == "mean age"].set_index("ethnic_group")["value"]
    for group, age in (("White", "51"), ("South Asian", "43"), ("Black", "44")):
        assert f"{float(ages[group]):.0f}" == age
        assert age in structure
    fifths = context[context["characteristic"] == "deprivation quintile"]
    most = fifths[fifths["level_order"] == fifths["level_order"].max()]
    if not most["level"].str.contains("most deprived").all():
        most = fifths[fifths["level_order"] == fifths["level_order"].min()]
    assert most["level"].str.contains("most deprived").all()
    shares = most.set_index("ethnic_group")["percent"]
    for group, share in (("Black", "40%"), ("South Asian", "33%"), ("White", "18%")):
        assert f"{float(shares[group]):.0f}%" == share
        assert share in structure


def test_texts_may_be_given_one_for_all_readings(table):
    steps = [{**step, "stop_here": "that this is all."} for step in STEPS]
    made = StepwiseAdjustment(table, name="s", steps=steps)
    assert "you might wrongly conclude that this is all." in made.words


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"outcome": "birth"}, "outcome 'birth' is not in the table"),
        ({"grouping": "3 groups"}, "grouping '3 groups' is not in the table"),
        ({"focus": "Nobody"}, "focus 'Nobody' is not in the table"),
        ({"step": 5}, "step is 5; use 0 to 4"),
        ({"steps": STEPS[:1]}, "it takes at least two"),
        ({"steps": [STEPS[0], {**STEPS[1], "kind": "cause"}]}, "has kind 'cause'"),
        ({"steps": [STEPS[0], {**STEPS[1], "structure": ""}]}, r"step 2 \(age and sex\) lacks 'structure'"),
        ({"steps": [STEPS[0], {**STEPS[1], "stop_here": {"above": "x"}}]}, "no text for 'unclear', 'below'"),
        ({"steps": [STEPS[0], {**STEPS[1], "model": "moon"}]}, "0 rows for the model 'moon'"),
        ({"source": {"licence": "CC0"}}, "does not say its source"),
        ({"outcomes": [{"outcome": DEATH}]}, "an outcome lacks 'label', 'doing', 'note'"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(table, arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        StepwiseAdjustment(table, name="steps", **arguments)
    assert "\n" not in str(refused.value)


def test_a_table_that_contradicts_itself_is_refused(table):
    here = {"outcome": DEATH, "grouping": "5 groups", "ethnic_group": "Black"}
    with pytest.raises(CourseError, match=r"2 reference groups \('White', 'Black'\)"):
        StepwiseAdjustment(changed(table, here, reference=True), name="s")
    with pytest.raises(CourseError, match=r"Black, crude: 9\.0 is not between"):
        StepwiseAdjustment(changed(table, here | {"model": "crude"}, hazard_ratio=9.0), name="s")
    with pytest.raises(CourseError, match="no words for the outcome 'birth'"):
        StepwiseAdjustment(changed(table, here, outcome="birth"), name="s")
    with pytest.raises(CourseError, match="no column 'hazard_ratio'"):
        StepwiseAdjustment(table.drop(columns="hazard_ratio"), name="s")


def test_a_state_that_is_not_there_cannot_be_set(table):
    made = StepwiseAdjustment(table, name="steps")
    with pytest.raises(CourseError, match="use 0 to 4"):
        made.step = 9
    with pytest.raises(CourseError, match="'birth' is not in the table"):
        made.outcome = "birth"
    assert (made.step, made.outcome) == (0, DEATH)
