"""What assignment 09 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit.grading import rubric
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "09-reading-against-the-deficit"


def test_one_table_of_answers_makes_hesitancy_fall_rise_and_soar(notebook, names) -> None:
    wide, narrow, table = names["wide_list"], names["narrow_list"], names["answers"]

    def share(month: str, counted: list[str], among: str) -> float:
        return names["hesitant"](table, month, counted, among)

    falls = [share(month, wide, "everybody") for month in ("March", "May")]
    rises = [share(month, narrow, "everybody") for month in ("March", "May")]
    soars = [share(month, wide, "no dose yet") for month in ("March", "May")]
    assert falls[0] > falls[1]
    assert rises[0] < rises[1]
    assert soars[1] > 1.5 * soars[0]
    for first, later in (falls, rises, soars):
        assert f"{first:.0f}% and then {later:.0f}%" in prose(notebook)


def test_of_no_group_is_it_sure_that_hesitancy_halved_in_a_month(names) -> None:
    month = names["halved"](names["surveys"], "January", "February")
    assert month["Black or Black British adults"] == month["adults in the least deprived areas"] == "perhaps"
    assert "surely" not in month.values()
    assert names["halved"](names["surveys"], "January", "July")["Black or Black British adults"] == "surely"


def test_the_surveys_are_those_that_the_dataset_holds(names) -> None:
    surveys = names["surveys"]
    assert set(surveys["survey"].dropna()) == {"January", "February", "April", "May", "July"}
    assert not surveys.duplicated(["group", "survey"]).any()


def test_about_half_of_the_gap_between_the_wards_is_the_device(notebook, names) -> None:
    north, south = (names["missed"](names["pairs"], ward, "reassured") for ward in ("North ward", "South ward"))
    alike = names["read_alike"](names["pairs"], "North ward", "South ward")
    assert f"{north:.1f}% were missed on the North ward and {south:.1f}%" in prose(notebook)
    assert f"it would be {alike:.1f}%" in prose(notebook)
    assert (north - alike) / (north - south) == pytest.approx(0.5, abs=0.05)
    assert north / south > 4


def test_the_months_owed_are_those_in_the_text(notebook, names) -> None:
    months = names["owed"](names["kidneys"], 20, 1.159)
    assert f"B is owed {months['B']:.0f} months, F {months['F']:.0f} and D {months['D']:.0f}" in prose(notebook)


def test_a_finer_sorting_leaves_less_over(notebook, names) -> None:
    coarse, fine = (
        names["explained"](names["admissions"], "mill towns", "garden suburbs", by) for by in ("sort", "kind")
    )
    assert coarse < fine < 100
    assert f"Sorted into two, the mix explains {coarse:.0f}% of the gap. Sorted into four, {fine:.0f}%." in prose(
        notebook
    )
    crude = {
        area: names["with_mix"](names["admissions"], area, area, "kind") for area in ("mill towns", "garden suburbs")
    }
    assert f"{crude['mill towns']:.0f}% of their admissions" in prose(notebook)
    assert f"{crude['garden suburbs']:.0f}% in the garden suburbs" in prose(notebook)


def test_the_draft_with_fewest_marks_is_the_emptiest_and_the_one_sent_claims_a_cause(names) -> None:
    drafts, before = names["drafts"], names["before"]
    fewest = min(drafts, key=lambda name: names["marks"](drafts[name]))
    assert fewest == "tidy"
    assert names["changes"](before, drafts[fewest], names["groups"])["lost"]
    sent = names["to_send"](before, drafts, names["groups"], names["actors"])
    assert sent == "letters"
    assert "because" in drafts[sent]
    assert names["marks"](drafts["plain"]) == names["marks"](drafts[sent]) + 1
    assert names["marks"](before) > 1


def test_for_women_five_of_six_pairs_go_against_the_rule(notebook, names) -> None:
    found = names["rule"](names["poverty"], names["life"], "female", 1)
    assert found == {"holds": 0, "breaks": 5, "cannot tell": 1}
    assert "six pairs, and five of them go against the rule for women" in prose(notebook)


def test_the_odds_ratio_cannot_be_a_ratio_of_shares(notebook) -> None:
    said = re.search(r"18% of all, ([\d.]+)% in Black .+ was ([\d.]+) \(", prose(notebook))
    share, ratio = float(said[1]), float(said[2])
    assert f"leave about {share / ratio:.0f}% for White British and Irish people" in own(notebook, "t7")


def test_the_years_of_the_long_way_to_a_test_add_up(notebook) -> None:
    said = re.search(r"In (\d{4}) she .+ by July (\d{4}), .+ and (\d+) years from the centre", own(notebook, "t8"))
    assert int(said[2]) - int(said[1]) == int(said[3])


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"Write (?:a paragraph of )?(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])


@pytest.mark.parametrize("task", ["t7", "t8"])
def test_the_lowest_levels_are_met_by_no_sentence_of_the_courses_own_answer(notebook, task) -> None:
    answer = own(notebook, task)
    for criterion in rubric.read(FOLDER)[task]:
        assert " ".join(criterion.levels[0].sample.split()).strip('"') not in answer
