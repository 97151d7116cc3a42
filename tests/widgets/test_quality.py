"""The data-quality board as Python makes it: kinds of cells, what is hidden, who is not to be trusted, and a ratio."""

from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from equitykit import data, measures
from equitykit.data import extract_codes
from equitykit.errors import CourseError
from equitykit.measures import SuppressionRule, suppress_small_numbers
from equitykit.widgets import DataQualityBoard
from equitykit.widgets.quality import KEY_COLUMNS
from equitykit.widgets.quality_codes import CODE_LISTS, KINDS, kind_of
from equitykit.widgets.quality_profile import crossed, misclassified, protect, rounded, suspect
from equitykit.widgets.quality_words import left_of, table, words


@pytest.mark.parametrize(
    ("value", "codes", "kind"),
    [
        ("A", "nhs16", "listed"),
        ("a", "nhs16", "unlisted"),
        ("C3", "nhs16", "unlisted"),
        ("I", "nhs16", "unlisted"),
        ("Z", "nhs16", "not stated"),
        ("99", "nhs16", "not known"),
        ("X", "nhs16", "not known"),
        ("Z", "none", "listed"),
        ("99", "none", "listed"),
        ("Roma", "census19", "listed"),
        ("Roma", "census5", "unlisted"),
        ("Prefer not to say", "none", "not stated"),
        ("Not recorded", "census19", "not known"),
        ("", "none", "empty"),
        ("  ", "none", "empty"),
        ("NULL", "nhs16", "empty"),
        ("999", "none", "default code"),
        ("1900-01-01", "none", "default code"),
    ],
)
def test_a_cell_is_an_answer_or_one_of_the_ways_to_have_none(value, codes, kind):
    assert kind_of(value, codes) == kind


def test_the_code_lists_are_those_of_the_course():
    assert CODE_LISTS["nhs16"][1] == set(extract_codes.CODES)
    census = data.load("census-ethnic-groups")
    assert CODE_LISTS["census19"][1] == set(census["ethnic_group"])
    assert CODE_LISTS["census5"][1] == set(census["broad_group"])


def test_the_page_gets_the_extract_without_its_key():
    board = DataQualityBoard()
    df = data.load("synthetic-extract")
    head = board.sample.splitlines()[0].split(",")
    assert head == [column for column in df.columns if column not in KEY_COLUMNS]
    assert len(board.sample.splitlines()) == len(df) + 1


def test_it_counts_what_stands_in_the_extract():
    board = DataQualityBoard(round_to=1, hide_up_to=1)
    df = data.load("synthetic-extract")
    for site in crossed(board.state())[:-1]:
        rows = df[df["clinic"] == site.name]["ethnic_category"]
        assert site.total == len(rows)
        assert site.counts[KINDS.index("listed")] == rows.isin(list(extract_codes.CODES)).sum()
        assert site.counts[KINDS.index("not stated")] == (rows == "Z").sum()
        assert site.counts[KINDS.index("not known")] == rows.isin(["99", "X"]).sum()
        assert site.counts[KINDS.index("empty")] == rows.isna().sum()
        assert sum(site.counts) == site.total


def test_the_complete_site_is_the_one_to_doubt():
    board = DataQualityBoard()
    assert "Predict whose you would trust least." in board.words
    assert [row[-1] for row in board.table[1:]] == ["predict first"] * 4
    board.predictions = {"trust": "North"}
    assert "You predicted North. South has the fewest gaps, nearly 100% complete" in board.words
    df = data.load("synthetic-extract")
    share = 100 * (df[df["clinic"] == "South"]["said_group"] == "White British").mean()
    assert f"{share:.0f}% of the rows of South are of people who would say White British" in board.words
    board.predictions = {"trust": "South"}
    assert "As you predicted." in board.words


def test_without_another_column_or_a_leaning_site_there_is_nobody_to_doubt():
    board = DataQualityBoard(by="")
    assert suspect(crossed(board.state())) is None
    assert "Predict whose" not in board.words
    board = DataQualityBoard(column="sex", codes="none")
    assert suspect(crossed(board.state())) is None


def test_a_year_can_stand_for_a_date():
    board = DataQualityBoard(by="year of referred")
    assert [row[0] for row in board.table[1:]] == ["2024", "2025", "All"]


@given(
    st.lists(st.lists(st.integers(0, 40), min_size=3, max_size=3), min_size=2, max_size=5), st.sampled_from([4, 7, 9])
)
@settings(deadline=None, max_examples=80)
def test_hiding_is_that_of_the_kit_where_the_totals_are_not_small_themselves(counts, up_to):
    frame = pd.DataFrame(
        [
            {"site": f"s{at}", "kind": f"k{kind}", "rows": count}
            for at, row in enumerate(counts)
            for kind, count in enumerate(row)
        ]
    )
    totals = [*frame.groupby("site")["rows"].sum(), *frame.groupby("kind")["rows"].sum()]
    try:
        wanted = suppress_small_numbers(
            frame, count="rows", totals=["site", "kind"], rule=SuppressionRule(1, up_to, 1)
        )["suppressed"].tolist()
    except CourseError:
        return
    if any(1 <= total <= up_to for total in totals):
        return
    cells = [*frame["rows"], *totals]
    size = len(frame)
    sums = [([3 * at + kind for kind in range(3)], size + at) for at in range(len(counts))]
    sums += [([3 * at + kind for at in range(len(counts))], size + len(counts) + kind) for kind in range(3)]
    assert protect(cells, sums, {"hide_up_to": up_to, "round_to": 1})[:size] == wanted


@given(st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=4), min_size=1, max_size=5), st.integers(1, 9))
@settings(deadline=None, max_examples=100)
def test_no_hidden_count_can_be_had_from_one_sum(counts, up_to):
    cells, sums = [], []
    for row in counts:
        parts = list(range(len(cells), len(cells) + len(row)))
        cells += [*row, sum(row)]
        sums.append((parts, parts[-1] + 1))
    hidden = protect(cells, sums, {"hide_up_to": up_to, "round_to": 1})
    for parts, total in sums:
        assert sum(hidden[one] for one in [*parts, total]) != 1
    assert all(hidden[at] for at, count in enumerate(cells) if 1 <= count <= up_to)


@given(st.integers(0, 10_000), st.sampled_from([1, 5, 10]))
def test_rounding_is_that_of_the_kit(count, to):
    frame = pd.DataFrame({"rows": [count]})
    rule = SuppressionRule(0, 0, to, secondary=False)
    shown = suppress_small_numbers(frame, count="rows", rule=rule)["rows"]
    assert count == 0 or rounded(count, to) == shown.iloc[0]


@pytest.mark.parametrize(("wrong", "back", "share", "ratio"), [(41.2, 0, 10, 2), (4.9, 2.2, 40, 0.5), (60, 10, 2, 3)])
def test_a_misread_ratio_is_the_rate_ratio_of_the_misread_table(wrong, back, share, ratio):
    n = 1_000_000
    group, rest = n * share / 100, n * (1 - share / 100)
    moved, came = wrong / 100, back / 100
    cases = {
        "group": 0.01 * (ratio * group * (1 - moved) + rest * came),
        "reference": 0.01 * (rest * (1 - came) + ratio * group * moved),
    }
    people = {"group": group * (1 - moved) + rest * came, "reference": rest * (1 - came) + group * moved}
    census = {"group": group, "reference": rest}
    found = misclassified({"wrong": wrong, "wrong_reference": back, "share": share, "ratio": ratio})
    for base, told in zip((people, census), found, strict=True):
        frame = pd.DataFrame(
            {
                "group": list(cases),
                "cases": [round(one * 1_000) for one in cases.values()],
                "people": [base[one] * 1_000 for one in cases],
            }
        )
        wanted = measures.rate_ratio(
            frame, count="cases", population="people", group="group", reference="reference", compare="group"
        )
        assert told == pytest.approx(wanted.estimate, rel=1e-4)


def test_without_an_error_the_ratio_is_the_true_one():
    assert misclassified({"wrong": 0, "wrong_reference": 0, "share": 20, "ratio": 1.5}) == pytest.approx((1.5, 1.5))


@pytest.mark.parametrize(
    ("ratio", "found", "left"),
    [(2, 1.92, "most"), (2, 1.5, "half"), (2, 1.08, "little"), (2, 0.9, "little"), (0.5, 0.55, "most"), (1, 1, "most")],
)
def test_what_is_left_of_a_ratio(ratio, found, left):
    assert left_of(ratio, found) == left


def test_of_a_readers_own_file_nothing_is_said():
    board = DataQualityBoard()
    board.own_open = True
    assert board.words.startswith("A file of the reader's own is open.")
    assert "South" not in board.words
    assert board.table == [["File", "Where it is read"], ["The reader's own", "In this browser only"]]


@pytest.mark.parametrize("column", ["ethnic_category", "sex", "clinic", "seen_in_time"])
@pytest.mark.parametrize("rule", [(4, 5), (9, 1), (4, 10)])
def test_words_and_rows_agree_in_every_view(column, rule):
    for by in ("", "clinic", "sex", "year of seen"):
        if by == column:
            continue
        board = DataQualityBoard(column=column, by=by, codes="none", hide_up_to=rule[0], round_to=rule[1])
        board.predictions = {"trust": "shown", "ratio": "shown"}
        assert (board.words, board.table) == (words(board.state()), table(board.state()))
        shown = [int(cell.replace(",", "")) for row in board.table[1:] for cell in row[1:8] if cell != "hidden"]
        assert not [count for count in shown if 0 < count <= rule[0]]


def test_the_static_form_tells_all_is_the_same_each_time_and_not_large():
    board = DataQualityBoard()
    assert "predict" not in board.still().lower()
    first, second = (json.dumps(DataQualityBoard().bundle(), allow_nan=False) for _ in range(2))
    assert first == second
    assert len(first) < 130_000


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"column": "height"}, "column 'height' is not there"),
        ({"column": "person"}, "column 'person' has too many different answers"),
        ({"column": "said_group"}, "column 'said_group' is not there"),
        ({"codes": "census"}, "codes 'census' is not there"),
        ({"by": "ward"}, "by 'ward' is not there"),
        ({"by": "entry"}, "column 'entry' has too many different answers"),
        ({"identifier": "nhs"}, "identifier 'nhs' is not there"),
        ({"hide_up_to": 0}, "hide_up_to is 0; use 1 to 50"),
        ({"round_to": 0}, "round_to is 0; use 1 to 100"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_one_line(arguments, message):
    with pytest.raises(CourseError, match=message) as refused:
        DataQualityBoard(**arguments)
    assert "\n" not in str(refused.value)


def test_a_state_that_is_not_there_cannot_be_set():
    board = DataQualityBoard()
    for trait, value in (("column", "person"), ("by", "x"), ("codes", "x"), ("wrong", 61), ("ratio", 9), ("share", 0)):
        with pytest.raises(CourseError):
            setattr(board, trait, value)
