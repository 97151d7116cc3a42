"""What assignment 08 says in figures is what its own functions make of the data, and what it makes up says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from equitykit.grading import rubric
from tests.exercises.told import own, prose

FOLDER = Path(__file__).parents[2] / "exercises" / "source" / "08-creative-evidence"


def samples(task: str) -> str:
    """All sample answers to a written task, as one text."""
    return " ".join(" ".join(level.sample.split()) for one in rubric.read(FOLDER)[task] for level in one.levels)


def test_a_yes_from_all_concerned_covers_four_of_ten_pieces_on_the_wall(names) -> None:
    shown = names["covered"](names["pieces"], names["answers"], "exhibition", "2027-03-10")
    assert shown == {"Balcony", "Lift", "Wet wall", "Window"}


def test_each_reason_for_an_empty_place_occurs_in_the_register(names) -> None:
    pieces, answers = names["pieces"], names["answers"]

    def covered(day: str) -> set[str]:
        return names["covered"](pieces, answers, "exhibition", day)

    assert "The letter" in covered("2027-01-31") - covered("2027-02-01")  # somebody in it took it back
    assert "Stairs" in covered("2027-01-31") - covered("2027-02-01")  # its time ran out
    assert "Lift" in covered("2027-03-10") - covered("2027-03-11")
    assert "Night bus" in covered("2027-04-02") - covered("2027-04-01")  # asked later
    assert not any(piece in covered(day) for piece in ("Queue", "Kitchen") for day in set(answers["on"]))  # not asked


def test_after_a_later_no_every_copy_that_is_out_is_in_one_of_the_three_sets(names) -> None:
    copies, day = names["copies"], "2027-03-10"
    found = names["after"](names["pieces"], names["answers"], copies, day)
    assert all(found.values())
    assert sorted(copy for one in found.values() for copy in one) == sorted(copies["copy"][copies["since"] <= day])


def test_no_count_of_37_is_60_per_cent(notebook, names) -> None:
    action = names["photo"].loc["action"]
    assert names["counts_behind"](action["percent"], int(action["out_of"]), 0) == set()
    assert "of projects" in action["as_published"]
    assert "no count of 37 comes out at 60" in prose(notebook)


def test_every_published_percentage_with_a_count_gives_that_count_back(names) -> None:
    counted = names["photo"].dropna(subset=["studies", "percent"])
    for row in counted.itertuples():
        assert names["counts_behind"](row.percent, int(row.out_of), 1) == {int(row.studies)}


def test_analysis_and_wall_share_between_a_quarter_and_nearly_all(notebook, names) -> None:
    found = names["both"](names["photo"], "analysis", "exhibited")
    assert found == {"at_least": 6, "at_most": 13}
    assert "share hardly more than a quarter" in prose(notebook)
    assert 0.25 < found["at_least"] / 21 < 0.3
    assert names["both"](names["photo"], "exhibited", "aware") is None


def test_one_claim_of_ten_is_no_larger_than_either_and_each_part_is_found_too_large(notebook, names) -> None:
    found = names["too_large"](names["homes"], names["claims"])
    assert [claim for claim, parts in found.items() if not parts] == ["C"]
    assert set().union(*found.values()) == {"outcome", "cause", "measure", "figure", "piece"}
    assert "Claim C has nothing too large in it" in prose(notebook)


@pytest.mark.parametrize("task", ["t6", "t8"])
def test_the_examples_say_at_least_what_the_trial_is_sure_of(notebook, names, task) -> None:
    sure = names["less"](names["homes"])["Trial: wheezing"]
    assert sure["of"] == "odds"
    stated = f"at least {sure['low']:.0f}% lower odds"
    assert stated in own(notebook, task)
    assert stated in samples(task)


def test_the_description_of_the_chart_has_the_figures_of_the_chart(notebook, names) -> None:
    homes = names["homes"]
    assert (homes["high"] < 1).all()
    for result in ("Trial: day off school", "National: hospital"):
        row = homes.loc[result]
        assert f"{row['estimate']:.2f}, {row['low']:.2f} to {row['high']:.2f}" in own(notebook, "t6")
        assert f"{row['estimate']:.2f} ({row['low']:.2f} to {row['high']:.2f})" in samples("t6")
    assert homes["estimate"].idxmin() == "Trial: day off school"
    assert homes["estimate"].idxmax() == "National: hospital"


def test_agreeing_pieces_are_evidence_and_decoration_alike(names) -> None:
    making = names["making"]
    agreeing = set(making["item"][making["fit"] == "agree"])
    found = names["evidence"](making)
    assert {found[item] for item in agreeing} == {"evidence", "decoration"}
    assert set(names["fit"](names["display"]).values()) == {
        "agree",
        "disagree",
        "the piece adds",
        "the chart adds",
        "neither tells",
    }


def test_the_evening_with_most_guests_and_the_one_that_moved_most_asked_for_nothing(names) -> None:
    evenings = names["evenings"].set_index("evening")
    found = names["came_of_it"](names["evenings"], names["TODAY"])
    assert found[evenings["came"].idxmax()] == found[evenings["moved"].idxmax()] == "no ask"
    assert len(set(found.values())) == 6


def test_the_rise_beyond_the_others_is_less_than_the_rise(names) -> None:
    tests = names["tests"]
    rise = 100 * (tests.loc["Harbour", "after"] / tests.loc["Harbour", "before"] - 1)
    assert 0 < names["beyond"](tests, "Harbour") < rise


def test_what_is_made_up_says_so_and_no_picture_is_in_it(notebook) -> None:
    cells = {cell.metadata["nbgrader"]["grade_id"]: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    for name in ("register", "claims", "display", "evenings"):
        made = cells[name].source
        assert made.count("# constructed") == made.count("pd.DataFrame(")
    for name in ("t6", "t7", "t8"):
        assert "*Constructed scenario.*" in cells[name].source
    assert not any(cell.get("attachments") or cell.get("outputs") for cell in notebook.cells)
    assert "![" not in prose(notebook)


@pytest.mark.parametrize("task", ["t6", "t7", "t8"])
def test_the_courses_own_answers_are_as_long_as_is_asked(notebook, task) -> None:
    asked = next(
        re.search(r"(\d+) to (\d+) words", before.source)
        for before, cell in zip(notebook.cells, notebook.cells[1:], strict=False)
        if cell.metadata.get("nbgrader", {}).get("grade_id") == task
    )
    assert int(asked[1]) <= len(own(notebook, task).split()) <= int(asked[2])
