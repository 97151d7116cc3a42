"""The brief builder in Python: what it holds, what it shows about itself, and the worked brief's every figure."""

from __future__ import annotations

import json
import math
import re
from pathlib import Path

import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import BriefBuilder
from equitykit.widgets.brief_bring import offers
from equitykit.widgets.brief_content import BOOK, SECTIONS, figure_rows
from equitykit.widgets.brief_rules import sentences
from equitykit.widgets.brief_worked import costs
from equitykit.widgets.sheet import checked as checked_sheet
from equitykit.widgets.sheet import markdown

SHARED_KEYS = (
    "decision", "question", "evidence", "reading", "agency", "participation", "agreement", "creative", "ask",
    "accountability", "limits", "sources",
)  # fmt: skip
PICTURE = {"kind": "picture", "svg": "<svg xmlns='http://www.w3.org/2000/svg'/>", "alt": "A drawing."}


def made(brought: dict | None = None, **sections: dict[str, str]) -> BriefBuilder:
    return BriefBuilder("brief", {"title": "A title", "sections": sections, "brought": brought or {}})


def found(brief: BriefBuilder, *kinds: str) -> list[str]:
    rows = brief.findings()
    return rows[rows["kind"].isin(kinds)]["finding"].tolist()


# ---- what a brief holds


def test_a_brief_has_the_twelve_sections_that_pages_assignment_and_rubric_name():
    assert tuple(SECTIONS) == SHARED_KEYS
    assert list(BOOK["principles"]) == [f"P{number:02}" for number in range(1, 25)]


def test_an_empty_brief_says_what_is_missing_and_why_and_asks_nothing_else():
    empty = BriefBuilder("brief")
    missing = empty.missing()
    assert set(missing["section"]) == {"The whole brief", *(one["title"] for one in SECTIONS.values())}
    assert {"A chart", "A piece"} <= set(missing["part"])
    assert all(missing["why"])
    assert set(empty.findings()["kind"]) == {"missing"}
    assert "twelve places on two pages wait for words" in empty.words
    assert not empty.locked


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"sections": {"summary": {}}}, "no section 'summary'"),
        ({"sections": {"ask": {"deadline": "May"}}}, "no field 'deadline'"),
        ({"sections": {"ask": {"by": 2027}}}, "write a text"),
        ({"principles": {"P25": {}}}, "P01 to P24"),
        ({"principles": {"P01": {"section": "summary"}}}, "no section of a brief"),
        ({"headline": "x"}, "no 'headline'"),
        ({"brought": {"agreement": [{"kind": "video"}]}}, "video"),
        ({"brought": {"agreement": [PICTURE] * 5}}, "at most 4"),
    ],
)
def test_what_a_brief_cannot_hold_is_refused_in_words(given, told):
    with pytest.raises(CourseError, match=re.escape(told)):
        BriefBuilder("brief", given)


def test_setting_the_brief_from_python_keeps_words_and_table_true():
    brief = BriefBuilder("brief")
    brief.brief = {"title": "Warm homes first", "sections": {"question": {"text": "Who pays for cold?"}}}
    assert "Warm homes first" in brief.words
    assert ["The question", "Who pays for cold?", "nothing by these rules"] in brief.table


# ---- what it shows about itself


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("Rates rose by 12%.", True),
        ("Rates rose by 12% [1].", False),
        ("Rates rose by 12% (Office for National Statistics, 2024).", False),
        ("In 2014 the rule changed on 3 May 2014.", False),
        ("£200 a month is spent.", True),
        ("Three people came.", False),
        ("It was 2.5 times as high.", True),
    ],
)
def test_a_figure_needs_its_source_in_the_same_sentence(text, marked):
    brief = made(agency={"text": text}, sources={"text": "A source"})
    assert bool([one for one in found(brief, "figure") if "without its source" in one]) is marked


def test_each_row_of_the_small_table_needs_interval_or_limit_and_source():
    rows = """Figure | A | B | Sure | Source
    Deaths | 12 | 6 | 95% interval | [1]
    Beds | 40 | 20 | | [1]
    Visits | 9 | 3 | rounded |"""
    brief = made(evidence={"figures": rows}, sources={"text": "A source"})
    titles = found(brief, "figure")
    assert "A figure without interval or limit: “Beds”" in titles
    assert "A figure without its source: “Visits”" in titles
    assert not [one for one in titles if "Deaths" in one]


def test_a_gap_told_only_as_ratio_is_noticed_and_told_both_ways_is_not():
    once = made(evidence={"text": "Twice as many, 40 to 20 [1]."}, sources={"text": "A"})
    both = made(evidence={"text": "Twice as many, 20 more (interval 18 to 22) [1]."}, sources={"text": "A"})
    assert "The gap is told in one way only" in found(once, "figure")
    assert "The gap is told in one way only" not in found(both, "figure")


def test_a_mark_that_leads_nowhere_is_named():
    brief = made(agency={"text": "They won [1, 3]."}, sources={"text": "First\nSecond"})
    assert "[3] points to no line of the sources" in found(brief, "figure")
    assert not [one for one in found(brief, "figure") if one.startswith("[1]")]


def test_an_ask_needs_one_who_does_it_and_a_day():
    assert found(made(ask={"text": "Publish."}), "ask") == [
        "The ask names nobody who does it",
        "The ask has no date",
    ]
    assert found(made(ask={"text": "Publish.", "owner": "The committee", "by": "May 2027"}), "ask") == [
        "The ask is given to “committee”"
    ]
    assert not found(made(ask={"text": "Publish.", "owner": "Chair of the committee", "by": "May 2027"}), "ask")


def test_a_promise_about_people_needs_terms():
    promise = {"participation": {"text": "Residents will choose the indicator."}}
    assert found(made(**promise), "promise") == ["A promise about people without an agreement: “Residents will”"]
    assert not found(made(**promise, agreement={"text": "Settled in May."}), "promise")
    assert not found(made(brought={"agreement": [{"kind": "list", "items": ["Settled."]}]}, **promise), "promise")


def test_a_picture_needs_consent_that_is_there_and_a_description():
    brought = {"creative": [PICTURE]}
    assert found(made(brought=brought), "picture") == [
        "The piece stands there without consent",
        "The piece has no description",
    ]
    waiting = made(brought=brought, creative={"consent": "Waiting for their yes", "alt": "Two doors."})
    assert found(waiting, "picture") == ["The consent is not there yet: “Waiting”"]
    bare = made(brought={"evidence": [{**PICTURE, "alt": " "}]})
    assert found(bare, "picture") == ["The chart has no description"]


def test_words_that_put_the_problem_in_people_are_marked_and_the_usual_story_is_not_read():
    story = "Hard-to-reach groups fail to attend."
    marked = made(limits={"text": story}).findings().query("kind == 'words'")
    assert len(marked) == 2
    assert all(marked["why"])
    assert all(marked["try"].str.startswith("Ask:"))
    assert not found(made(reading={"usual": story}), "words")


def test_a_principle_that_points_to_an_empty_section_or_without_a_line_is_told():
    brief = BriefBuilder(
        "brief",
        {
            "title": "A",
            "sections": {"limits": {"text": "Much."}},
            "principles": {"P01": {"section": "ask", "line": "x"}, "P02": {"section": "limits", "line": " "}},
        },
    )
    assert found(brief, "principle") == [
        "P01 points to “The ask”, which says nothing yet",
        "P02 points to “What this does not show” without a line",
    ]


def test_what_the_page_measured_is_told_per_section():
    brief = made(agency={"text": "word " * 200})
    brief.fit = {"pages": [0, 31], "tall": [["agency", 140], ["limits", 20]]}
    told = brief.findings().query("kind == 'fit'")
    assert told["section"].tolist() == ["What people already do"] * 2
    assert "Page 2 is 31 mm too long" in told["finding"].iloc[0]
    assert told["finding"].iloc[1] == "What people already do about it: 379 characters more than its room"


def test_no_finding_counts_up_to_a_mark():
    told = json.dumps([BriefBuilder("brief").findings().to_dict("records"), BOOK["rules"]])
    assert not re.search(r"\bscore\b|\bgrade\b|\d+ (?:of|out of) \d+", told)


def test_a_mark_after_the_full_stop_belongs_to_its_sentence():
    assert sentences("It rose by 12%. [1] Then it fell.") == ["It rose by 12%. [1] Then it fell."]
    assert sentences("It rose. Then it fell.") == ["It rose.", "Then it fell."]


# ---- what a file offers


def sheet(*blocks: dict) -> dict:
    return {"title": "A plan", "blocks": list(blocks)}


def heading(text: str) -> dict:
    return {"kind": "heading", "level": 2, "text": text}


def test_a_file_offers_its_parts_and_says_what_two_pages_would_not_hold():
    given = sheet(
        {"kind": "text", "text": "As budgeted: £600."},
        {"kind": "table", "caption": "Every line", "rows": [["Line", "Cost"], *([["x", "1"]] * 8)]},
        heading("Missing"),
        {"kind": "list", "items": [f"Point {place}" for place in range(7)]},
        {"kind": "text", "text": "w" * 501},
    )
    told = offers("involvement plan", given, "participation")
    assert [one["label"] for one in told[:3]] == [
        "Text: As budgeted: £600.",
        "Table, 8 rows: Every line",
        "List, 7 points: Missing",
    ]
    assert [bool(one["why"]) for one in told] == [False, True, False, True]
    assert told[2]["block"]["items"][-1] == "And 2 more, in the file it came from."


def test_the_composers_file_gives_its_chart_to_the_evidence_and_its_piece_to_the_creative_section():
    given = sheet(
        {"kind": "text", "text": "A caption"}, heading("The chart"), {**PICTURE, "caption": "Chart"},
        heading("The piece"), {**PICTURE, "caption": "Piece"}, heading("Who decided"), {"kind": "list", "items": ["x"]},
    )  # fmt: skip
    assert [one["label"] for one in offers("evidence composer", given, "evidence")] == ["Picture: Chart"]
    assert [one["label"] for one in offers("evidence composer", given, "creative")] == ["Picture: Piece"]


def test_a_file_of_another_tool_a_newer_one_or_a_section_that_takes_none_is_refused(tmp_path: Path):
    file = tmp_path / "board.json"
    file.write_text(json.dumps({"kind": "accountability board", "version": 1, "sheet": sheet()}), "utf-8")
    with pytest.raises(CourseError, match="saved from another tool"):
        made().bring(file, "agreement")
    with pytest.raises(CourseError, match="takes no file"):
        made().bring(file, "limits")
    assert made().bring(file, "accountability") == []
    file.write_text(json.dumps({"kind": "accountability board", "version": 2, "sheet": sheet()}), "utf-8")
    with pytest.raises(CourseError, match="newer edition"):
        made().bring(file, "accountability")


# ---- the worked brief


@pytest.fixture(scope="module")
def worked() -> BriefBuilder:
    return BriefBuilder("worked-brief")


def test_the_worked_brief_is_whole_read_only_and_says_that_it_is_constructed(worked):
    assert worked.locked
    assert worked.findings().empty
    assert worked.brief["note"].startswith("Constructed brief:")
    assert (worked.principles()[["section", "line"]] != "").all(axis=None)


def test_the_worked_evidence_says_what_the_datasets_say(worked):
    deaths = data.load("premature-mortality-by-deprivation").astype({"period": str, "sex": str})
    ends = deaths.query("period == '2014-2016' and sex == 'all'").set_index("decile")
    most, least = ends.loc[1], ends.loc[10]
    error = [(one["high"] - one["low"]) / 2 for one in (most, least)]
    gap, ratio = most["rate"] - least["rate"], most["rate"] / least["rate"]
    wide = math.hypot(*error)
    factor = math.exp(math.hypot(error[0] / most["rate"], error[1] / least["rate"]))
    rows = {row[0].split(" ")[0]: row for row in figure_rows(worked.brief)[1:]}
    assert rows["Deaths"][1:5] == [
        f"{most['rate']:.1f}",
        f"{least['rate']:.1f}",
        f"{gap:.1f} ({gap - wide:.1f} to {gap + wide:.1f})",
        f"{ratio:.2f} ({ratio / factor:.2f} to {ratio * factor:.2f})",
    ]
    supply = data.load("gp-supply-by-deprivation").astype({"period": str, "measure": str, "group": str})
    lists = supply.query("period == '2024' and measure == 'registered patients per GP'").set_index("group")["value"]
    many, few = lists["most income deprivation"], lists["least income deprivation"]
    assert rows["Patients"][1:5] == [f"{many:,.0f}", f"{few:,.0f}", f"{many - few:.0f}", f"{many / few:.2f}"]
    money = data.load("gp-funding-by-deprivation").astype({"period": str, "as_published": str})
    weighted = money.query("period == '2018/19' and need_adjusted").iloc[0]
    assert rows["NHS"][4] == f"{1 + weighted['value'] / 100:.2f}"
    assert f"“{weighted['as_published']}”" in rows["NHS"][5]
    text = worked.brief["sections"]["evidence"]["text"]
    assert f"{ratio:.2f} times" in text
    assert f"{gap:.0f} more deaths" in text
    assert f"{many - few:.0f} more" in text
    assert f"{100 * (many / few - 1):.0f}% more" in text


def test_the_worked_chart_and_its_description_say_what_the_dataset_says(worked):
    [chart] = worked.brief["brought"]["evidence"]
    supply = data.load("gp-supply-by-deprivation").astype({"measure": str})
    rates = supply[supply["measure"] == "GPs per 100,000 people"]["value"]
    slopes = supply[supply["measure"].str.startswith("slope")]
    for value in [*rates, *slopes["value"], *slopes["low"], *slopes["high"]]:
        said = f"{value:.1f}".replace("-", "−")
        assert said in chart["alt"]
        assert said in chart["svg"]


def test_the_worked_plan_costs_what_the_published_prices_make(worked):
    low, high = (sum(one[place] for one in costs()) for place in (3, 4))
    assert worked.brief["sections"]["participation"]["cost"].startswith(
        f"£{low:,.0f} to £{high:,.0f} for four meetings"
    )
    [table] = worked.brief["brought"]["participation"]
    assert table["rows"][-1][-1] == f"£{low:,.0f} to £{high:,.0f}"


def test_the_document_holds_every_section_and_the_principles_after_them(worked, tmp_path: Path):
    text = worked.document(tmp_path / "brief.md").read_text("utf-8")
    order = [text.index(f"## {one['title']}") for one in SECTIONS.values()]
    assert order == sorted(order)
    assert text.index("## Where the brief meets the principles") > order[-1]
    assert all(f"| P{number:02} " in text for number in range(1, 25))
    assert worked.document(tmp_path / "brief.docx").stat().st_size > 10_000


def test_the_sheet_of_an_empty_brief_can_be_written_and_says_what_is_not_there():
    empty = BriefBuilder("brief").composed()
    assert markdown(checked_sheet(empty)).count("Not written yet.") == len(SECTIONS)
