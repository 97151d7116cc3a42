"""What assignment 07 says in figures is what its own functions make of the data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit import data
from equitykit.grading import rubric
from equitykit.widgets import AgreementBuilder
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "07-community-expertise"
NUMBERS = {3: "three", 5: "five", 7: "seven", 11: "eleven"}


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def test_the_register_and_the_agreement_say_that_they_are_made_up(notebook) -> None:
    given = {cell.metadata.nbgrader.grade_id: cell.source for cell in notebook.cells if "nbgrader" in cell.metadata}
    assert "# synthetic" in given["log"]
    assert all("# constructed" in given[name] for name in ("harbour", "seats"))


def test_the_trial_copy_is_told_as_the_register_has_it(notebook, names) -> None:
    log, day = names["log"], "2027-12-31"
    lent = names["may_use"](log, "2027-02-15", "next study")
    never = names["left_behind"](log, "2027-02-15", [], day, "next study")
    asked = names["left_behind"](log, "2027-02-15", ["2027-08-31", "2027-05-31"], day, "next study")
    told = f"{len(never)} of {len(lent)} people would have stayed"
    assert f"{told} in a copy that nobody asked about, and {len(asked)} with two asks" in own(notebook, "t6")
    assert told in samples("t6")


def test_the_ages_are_those_of_the_published_table(names) -> None:
    rates = data.load("data-opt-outs").query("grouping == 'age, women and girls' and measure == 'share of patients'")
    ages = names["ages"]
    assert list(100 * ages["opted_out"] / ages["people"]) == pytest.approx(list(rates["value"]), abs=0.006)


def test_the_register_has_moved_by_a_third_of_a_point_where_most_opted_out(notebook, names) -> None:
    moved = names["moved"](names["ages"])
    assert min(moved, key=moved.get) == "30 to 39"
    assert moved["30 to 39"] == pytest.approx(-1 / 3, abs=0.05)
    assert sum(moved.values()) == pytest.approx(0)
    text = prose(notebook)
    assert "8 in 100 women of 30 to 39 are missing has moved by about a third of a point" in text


def test_what_is_needed_makes_the_figure_of_all_so_wrong(names) -> None:
    for shown, out, off in ((10, 4.97, 1), (8, 20, 0.8), (40, 25, -10)):
        percent = names["needed"](shown, out, off)
        assert shown * (1 - out / 100) + percent * out / 100 == pytest.approx(shown + off)
        ends = names["bounds"](shown, out)
        assert ends["low"] <= shown + off <= ends["high"]


def test_lines_that_pull_against_each_other_here_do_so_in_the_agreement_builder(names) -> None:
    same = {
        "names": {"key": "key", "burnt": "destroyed"},
        "way out": {"any": "any", "published": "published", "never": "never"},
        "say": {"tenants": "split", "both": "joint", "university": "university"},
        "next": {"panel": "panel", "free": "university", "open": "anyone"},
        "licence": {"ask": "community", "cc by": "open"},
    }
    points = {"names": "see", "way out": "withdraw", "say": "hold", "next": "next", "licence": "made"}
    for name in ("harbour", "mill", "quay", "dock"):
        agreement = names[name]
        choices = {points[point]: same[point][agreement[point]] for point in points}
        builder = AgreementBuilder(name="agreement", choices=choices)
        can = set(builder.after_sharing().query("possible == 'yes'").index)
        letters = {letter for letter, row in {"D": 0, "A": 1, "B": 2, "C": 3}.items() if row in can}
        assert names["still"](agreement) == letters, name


def test_an_agreement_without_contradictions_leaves_nobody_a_way_out_of_the_data(names) -> None:
    assert names["pulls"](names["quay"]) == set()
    assert names["still"](names["quay"]) == {"D"}


def test_chairs_are_counted_as_the_table_has_them(notebook, names) -> None:
    seats, say = names["seats"], names["own_say"](names["seats"])
    steps = seats["step"].nunique()
    taken = seats.loc[seats["from"] == "community", "step"].nunique()
    count = f"{NUMBERS[taken]} of the {NUMBERS[steps]} steps"
    assert count in prose(notebook)
    assert f"{NUMBERS[taken]} of {NUMBERS[steps]} steps" in own(notebook, "t8")
    assert f"whom they chose can stop {NUMBERS[len(say)]}, and neither" in prose(notebook)
    assert say == {"measure", "collect", "analyse"}
    assert f"could stop {NUMBERS[len(say)]}: measuring, collecting, analysing" in own(notebook, "t8")
    told = f"Of {NUMBERS[steps]} steps, somebody whom the community chose could stop {NUMBERS[len(say)]}"
    assert told in samples("t8")
    chair = seats[seats["who"] == "forum's chair"].iloc[0]
    assert (chair["part"], chair["chosen"]) == ("must agree", "hospital")


def test_the_short_names_stand_for_published_rows(notebook, names) -> None:
    peers = names["peers"]
    assert f"{NUMBERS[len(peers)]} findings" in prose(notebook)
    stated = peers.dropna(subset=["count", "out_of"])
    assert list(100 * stated["count"] / stated["out_of"]) == pytest.approx(list(stated["percent"]), abs=0.51)


def test_co_investigators_are_told_out_of_all_and_out_of_the_team(notebook, names) -> None:
    peers = names["peers"]
    row = peers.loc["partners are co-investigators"]
    of_all = names["of_all"](peers, row.name)
    assert names["beside"](peers, row.name, "partners are members of the team") == "one in the other"
    assert f"{row['count']:.0f} of {row['out_of']:.0f}" in own(notebook, "t7")
    assert f"{of_all:.0f}% of all 235, and not {row['percent']:.0f}%" in own(notebook, "t7")
    assert f"{row['count']:.0f} of all 235, which is {of_all:.0f}%" in samples("t7")


def test_the_review_of_youth_cannot_have_counted_out_of_all_articles_it_began_with(notebook, names) -> None:
    row = names["peers"].loc["youth are partners in some phase"]
    found = names["bases"](row["count"], row["percent"])
    assert found["high"] < 399
    assert "`bases(56, 15)` does not reach 399" in prose(notebook)


@pytest.mark.parametrize("task", ["t6", "t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
