"""The involvement planner in Python: sums and their properties, what is missing, words, and what it refuses."""

from __future__ import annotations

import copy
import math
import random
from typing import Any

import pandas as pd
import pytest

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import InvolvementPlanner
from equitykit.widgets.planner_plan import ANSWERS, LINE_KINDS, PER, checked
from equitykit.widgets.planner_presets import access_presets, rate_presets
from equitykit.widgets.planner_rules import RULES, facts, missing
from equitykit.widgets.planner_sums import HOURS, cost_lines, load, meeting_share, months_of, over, rest, total
from equitykit.widgets.planner_words import money, number, paragraph, ranged

MEETING: dict[str, Any] = {
    "title": "Meeting",
    "times": 6,
    "meeting": 2,
    "preparation": 1,
    "travel": 1,
    "paid": ["meeting"],
    "likely": 30,
}
PANEL = {"name": "Panel", "people": 8}


def planned(**more: Any) -> dict[str, Any]:
    return checked({"partners": [PANEL], "activities": [MEETING], **more})


def whole() -> dict[str, Any]:
    """A plan by which no rule asks anything."""
    return checked(
        {
            "partners": [{**PANEL, "said": 8}],
            "activities": [{**MEETING, "debrief": 0.5, "paid": list(HOURS)}],
            "lines": [
                {"title": kind, "kind": kind, "likely": 100, "budgeted": True}
                for kind in ("access", "staff", "telling")
            ],
            "contingency": {"percent": 5, "budgeted": True},
            "answers": {**dict.fromkeys(ANSWERS, "yes"), "pay_days": 10},
        }
    )


def price(draw: random.Random, *amounts: float) -> dict[str, Any]:
    ends = sorted(draw.choice(amounts) for _ in range(3))
    source = draw.choice(["", "Price list (2017)"])
    return {**dict(zip(("low", "likely", "high"), ends, strict=True)), "source": source}


def some_plan(seed: int) -> dict[str, Any]:
    draw = random.Random(seed)
    months = draw.choice([1, 3, 12, 18, 36])
    partners = [
        {
            "name": draw.choice(["", "Panel", "ÉLAN", "Carers | of all ages"]),
            "people": draw.randint(1, 40),
            "said": draw.choice([None, 0, 2, 6.5]),
        }
        for _ in range(draw.randint(1, 3))
    ]
    activities = []
    for _ in range(draw.choice([0, 1, 2, 4, 6])):
        place, first = draw.randrange(len(partners)), draw.randint(1, months)
        activities.append(
            {
                "title": draw.choice(["", "Meeting", "BSL evening"]),
                "partners": f"g{place + 1}",
                "people": draw.randint(1, partners[place]["people"]),
                "times": draw.randint(1, 20),
                "first": first,
                "last": draw.randint(first, months),
                **{one: draw.choice([0, 0.25, 1, 1.5, 2, 3.75, 7]) for one in HOURS},
                "paid": draw.sample(HOURS, draw.randint(0, 4)),
                "per": draw.choice(["hour", "time"]),
                **price(draw, 0, 10, 25.5, 35, 150),
            }
        )
    lines = [
        {
            "title": draw.choice(["", "Fares", "Two interpreters", "BSL"]),
            "kind": draw.choice(list(LINE_KINDS)),
            "number": draw.choice([0, 1, 2.5, 14]),
            "per": draw.choice(list(PER)),
            "activity": f"a{draw.randint(1, len(activities))}" if activities and draw.random() < 0.5 else "",
            **price(draw, 0, 0.45, 24.1, 132.5, 900),
            "budgeted": draw.random() < 0.5,
        }
        for _ in range(draw.choice([0, 1, 3, 8]))
    ]
    return checked(
        {
            "title": draw.choice(["", "A year of work"]),
            "note": draw.choice(["", "Constructed."]),
            "months": months,
            "partners": partners,
            "activities": activities,
            "lines": lines,
            "contingency": {"percent": draw.choice([0, 7.5, 10]), "budgeted": draw.random() < 0.5},
            "answers": {
                **{key: draw.choice(["", "no", "yes"]) for key in ANSWERS},
                "pay_days": draw.choice([None, 0, 30, 31]),
            },
        }
    )


def some_plans(many: int = 60) -> list[dict[str, Any]]:
    """Plans of many kinds and sizes, empty ones among them."""
    return [some_plan(seed) for seed in range(many)]


# ---- sums


def test_a_line_is_people_times_hours_times_fee():
    lines = cost_lines(planned())
    assert [(one["line"], one["quantity"], one["takes"][1], one["budgeted"][1]) for one in lines] == [
        ("Meeting: meeting", 96, 2880, 2880),
        ("Meeting: preparation", 48, 1440, 0),
        ("Meeting: travel", 48, 1440, 0),
    ]
    assert meeting_share(lines) == 50
    assert rest(lines, "partners")[1] == 2880


@pytest.mark.parametrize(("paid", "an_hour"), [(["meeting"], 50), (["meeting", "preparation"], 100 / 3), ([], 50)])
def test_a_fee_for_each_time_is_spread_over_the_hours_that_it_covers(paid, an_hour):
    plan = planned(activities=[{**MEETING, "paid": paid, "per": "time", "likely": 100}])
    lines = cost_lines(plan)
    assert total(lines, "takes")[1] == pytest.approx(8 * 6 * 4 * an_hour)
    assert total(lines, "budgeted")[1] == pytest.approx(8 * 6 * 100 if paid else 0)


@pytest.mark.parametrize(
    ("per", "times"), [("once", 1), ("time", 6), ("person", 48), ("hour", 12), ("away", 18), ("month", 12)]
)
def test_how_often_a_price_counts(per, times):
    plan = planned(lines=[{"title": "Something", "number": 2, "per": per, "activity": "Meeting", "likely": 10}])
    assert cost_lines(plan)[-1]["takes"][1] == 2 * times * 10


def test_a_line_for_the_whole_plan_counts_every_activity():
    more = [MEETING, {**MEETING, "title": "Evening", "times": 4}]
    plan = planned(activities=more, lines=[{"title": "Interpreters", "per": "time", "likely": 1}])
    assert cost_lines(plan)[-1]["takes"][1] == 10


def test_contingency_is_a_share_of_all_the_rest():
    lines = cost_lines(planned(contingency={"percent": 10, "budgeted": True}))
    assert lines[-1]["takes"][1] == pytest.approx(576)
    assert lines[-1]["budgeted"][1] == pytest.approx(288)


@pytest.mark.parametrize("plan", some_plans(), ids=range(60))
def test_what_holds_for_every_plan(plan):
    lines = cost_lines(plan)
    takes, budgeted = total(lines, "takes"), total(lines, "budgeted")
    for three in (takes, budgeted, *(one["takes"] for one in lines)):
        assert three[0] <= three[1] + 1e-9 <= three[2] + 2e-9
    assert all(one["budgeted"][1] <= one["takes"][1] + 1e-9 for one in lines)
    carried = math.fsum(rest(lines, who)[1] for who in ("partners", "staff", "nobody"))
    assert budgeted[1] + carried == pytest.approx(takes[1])
    assert 0 <= meeting_share(lines) <= 100
    asked = math.fsum(math.fsum(one["months"]) * one["people"] for one in load(plan))
    given = [one for one in lines if one["kind"] in ("meeting", "other hours")]
    counted = math.fsum(one["quantity"] for one in given)
    assert asked == pytest.approx(counted), "every hour that costs is an hour that somebody gives"
    assert all(
        free <= hours + 1e-9 for one in load(plan) for hours, free in zip(one["months"], one["unpaid"], strict=True)
    )


@pytest.mark.parametrize("plan", some_plans(20), ids=range(20))
def test_twice_the_people_are_twice_the_fees(plan):
    more = copy.deepcopy(plan)
    for one in (*more["partners"], *more["activities"]):
        one["people"] *= 2

    def fees(given: dict[str, Any]) -> float:
        return total([one for one in cost_lines(given) if one["kind"] in ("meeting", "other hours")], "takes")[1]

    assert fees(more) == pytest.approx(2 * fees(plan))
    assert [one["months"] for one in load(more)] == [pytest.approx(one["months"]) for one in load(plan)]


def test_an_activity_in_two_parts_costs_the_same():
    price = {"title": "Interpreters", "per": "time", "likely": 130, "low": 110, "high": 140}
    more = {"lines": [price], "contingency": {"percent": 10}}
    first, second = {**MEETING, "title": "First half", "times": 2}, {**MEETING, "title": "Second half", "times": 4}
    together, apart = cost_lines(planned(**more)), cost_lines(planned(activities=[first, second], **more))
    assert total(together, "takes") == pytest.approx(total(apart, "takes"))
    assert total(together, "budgeted") == pytest.approx(total(apart, "budgeted"))


# ---- load


@pytest.mark.parametrize(
    ("first", "last", "times", "months"),
    [
        (1, 12, 6, [1, 3, 5, 7, 9, 11]),
        (3, 3, 2, [3, 3]),
        (6, 9, 4, [6, 7, 8, 9]),
        (1, 12, 1, [1]),
        (2, 3, 3, [2, 2, 3]),
    ],
)
def test_the_times_are_spread_evenly(first, last, times, months):
    assert months_of({"first": first, "last": last, "times": times}) == months


def test_turns_are_shared_by_a_whole_group():
    plan = planned(partners=[{"name": "Residents", "people": 40}], activities=[{**MEETING, "people": 20, "times": 2}])
    (group,) = load(plan)
    assert math.fsum(group["months"]) == 4
    assert math.fsum(group["unpaid"]) == 2
    assert group["fee"] == 60


def test_over_asked_is_more_than_they_said():
    plan = planned(partners=[{**PANEL, "said": 4}])
    assert over(load(plan)[0]) == []
    plan = planned(partners=[{**PANEL, "said": 3.5}])
    assert over(load(plan)[0]) == [1, 3, 5, 7, 9, 11]
    assert over(load(planned())[0]) == [], "nobody asked them"


# ---- what is missing


def test_a_whole_plan_is_asked_nothing_and_each_rule_is_settled():
    assert missing(whole()) == []
    assert set(facts(whole())) == {one["id"] for one in RULES}


def lacking(change: dict[str, Any]) -> list[str]:
    return [one["id"] for one in missing({**whole(), **change})]


@pytest.mark.parametrize(
    ("key", "found"),
    [
        ("access_asked", "access-not-asked"),
        ("design", "no-design"),
        ("advance", "out-of-pocket"),
        ("ways", "one-way"),
        ("benefits", "no-benefits"),
        ("protected", "unprotected"),
    ],
)
def test_what_was_not_asked_or_promised_is_missing(key, found):
    for said in ("", "no"):
        assert lacking({"answers": {**whole()["answers"], key: said}}) == [found]


@pytest.mark.parametrize(("days", "found"), [(None, ["no-date"]), (30, []), (31, ["slow"])])
def test_payment_has_a_date_and_comes_within_a_month(days, found):
    assert lacking({"answers": {**whole()["answers"], "pay_days": days}}) == found


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"paid": ["meeting", "travel", "debrief"]}, ["preparation-unpaid"]),
        ({"paid": ["meeting", "preparation"]}, ["other-hours-unpaid"]),
        ({"preparation": 0}, ["no-preparation"]),
        ({"meeting": 10}, ["over-asked"]),
    ],
)
def test_hours_that_are_not_counted_or_not_paid(change, found):
    assert lacking({"activities": [{**whole()["activities"][0], **change}]}) == found


def test_no_fee_is_work_without_pay():
    unpaid = {**whole()["activities"][0], "low": 0, "likely": 0, "high": 0}
    assert lacking({"activities": [unpaid]}) == ["not-paid"]


@pytest.mark.parametrize("kind", ["access", "staff", "telling"])
def test_a_line_that_is_missing_or_not_in_the_budget(kind):
    lines = whole()["lines"]
    assert lacking({"lines": [one for one in lines if one["kind"] != kind]}) == [f"no-{kind}"]
    assert lacking({"lines": [{**one, "budgeted": one["kind"] != kind} for one in lines]}) == [f"{kind}-unbudgeted"]


def test_nobody_asked_and_always_the_same():
    assert lacking({"partners": [{**whole()["partners"][0], "said": None}]}) == ["not-asked"]
    three = [{**whole()["activities"][0], "id": f"a{place}", "times": 1, "first": 4 * place + 1} for place in range(3)]
    assert lacking({"activities": three}) == ["same-few"]
    others = {**whole()["partners"][0], "id": "g2"}
    shared = [{**three[0], "partners": "g2"}, *three[1:]]
    assert lacking({"activities": shared, "partners": [whole()["partners"][0], others]}) == []


def test_every_rule_says_why_and_what_to_try_and_where_it_is_from():
    for rule in RULES:
        assert {"id", "part", "title", "why", "try"} <= set(rule)
        assert ("source" in rule) == ("url" in rule)
        assert rule.get("url", "https://").startswith("http")


# ---- the interactive


@pytest.fixture(scope="module")
def constructed() -> InvolvementPlanner:
    return InvolvementPlanner(name="planner")


def test_the_constructed_plan_says_so_and_has_the_usual_holes(constructed):
    assert "Constructed plan of no real organisation" in constructed.words
    assert constructed.meeting_share() < 25
    found = set(constructed.missing()["finding"])
    for finding in ("No preparation time paid", "No benefits advice is offered", "Staff time is not protected"):
        assert finding in found


def test_its_frames_agree(constructed):
    costs, totals, hours = constructed.costs(), constructed.totals().set_index("total"), constructed.hours()
    assert costs["likely"].sum() == pytest.approx(totals.loc["what it takes", "likely"], abs=0.1)
    assert costs["budgeted"].sum() == pytest.approx(totals.loc["as budgeted at first", "likely"], abs=0.1)
    assert (hours["paid_hours"] + hours["unpaid_hours"]).tolist() == hours["hours"].tolist()
    by_month = constructed.load().groupby("partners", sort=False)["hours"].sum()
    assert by_month.tolist() == pytest.approx(hours["hours"].tolist())


def test_each_price_that_it_names_has_a_source_or_is_called_an_estimate(constructed):
    text = constructed.paragraph
    for one in (*constructed.plan["activities"], *constructed.plan["lines"]):
        assert one["source"] in text
    assert "Prices without a source are our own estimates." in text


def test_the_answer_is_not_told_before_the_guess():
    made = InvolvementPlanner(name="planner")
    takes = money(made.totals().set_index("total").loc["what it takes", "likely"])
    assert takes not in made.words
    assert all(takes not in cell for row in made.table for cell in row)
    made.guess = {"shown": True}
    assert takes in made.words
    assert made.table[-1][3] == takes


def test_a_plan_without_the_prediction_tells_all_at_once():
    made = InvolvementPlanner(name="mine", parts=["plan"], partners=[PANEL], activities=[MEETING])
    assert "What it takes: £5,760." in made.words
    assert made.hours().iloc[0].tolist() == ["Panel", 8, 24, 12, 12, 15]


def test_an_empty_plan_begins_with_one_activity():
    made = InvolvementPlanner(name="mine", parts=["plan"], activities=[])
    assert made.paragraph == "The plan costs nothing yet: give its activities hours and a fee."
    assert made.costs().empty
    assert made.plan["note"] == ""


def test_what_the_plan_says_follows_it():
    made = InvolvementPlanner(name="mine", parts=["plan"], partners=[PANEL], activities=[MEETING])
    made.plan = {**made.plan, "months": 24}
    assert made.words.startswith("Involvement plan. 24 months")
    made.written = "Ours."
    assert made.paragraph == "Ours."


def test_a_published_price_brings_its_source():
    made = InvolvementPlanner(
        name="mine",
        partners=[PANEL],
        activities=[{key: value for key, value in MEETING.items() if key != "likely"} | {"rate": "fee"}],
        rates=[{"id": "fee", "label": "Fee", "likely": 25, "high": 30, "per": "time", "source": "Somebody (2025)"}],
        access=[],
    )
    (activity,) = made.plan["activities"]
    assert [activity[key] for key in ("low", "likely", "high", "per", "source")] == [
        25,
        25,
        30,
        "time",
        "Somebody (2025)",
    ]


# ---- published prices


def test_fees_on_offer_name_payer_and_date():
    fees = rate_presets(data.load("involvement-payment-rates"))
    assert len({one["id"] for one in fees}) == len(fees) > 4
    for one in fees:
        assert one["likely"] > 0
        assert "(" in one["source"]
        assert one["url"].startswith("http")
        assert one["per"] in ("hour", "time")


def test_prices_of_access_run_over_places():
    prices = access_presets(data.load("access-costs"))
    assert len({one["id"] for one in prices}) == len(prices) > 10
    for one in prices:
        assert 0 < one["low"] <= one["likely"] <= one["high"]
        assert one["per"] in PER
    table = pd.DataFrame(
        [
            ["need", "thing", "hour", 10, 10, 10, "GBP", "here", "2024", 2024, "list", "", "the publisher", "A", "https://a"],
            ["need", "thing", "hour", 20, 20, 20, "GBP", "here", "2025", 2025, "list", "", "the publisher", "A", "https://a"],
            ["need", "thing", "hour", None, 30, 50, "GBP", "there", "2025", 2025, "list", "", "the publisher", "A", "https://a"],
            ["need", "thing", "hour", 5, 5, 5, "CAD", "far", "2025", 2025, "list", "", "the publisher", "A", "https://a"],
        ],
        columns=data.load("access-costs").columns,
    )  # fmt: skip
    (one,) = access_presets(table)
    assert [one[key] for key in ("low", "likely", "high", "source")] == [20, 30, 50, "A (2025)"]


# ---- bad input


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"activities": [{**MEETING, "meeting": -1}]},
            "activity 'Meeting': meeting is -1; use a number from 0 to 100.",
        ),
        ({"activities": [{**MEETING, "times": 1.5}]}, "times is 1.5; use a whole number from 1 to 500."),
        ({"activities": [{**MEETING, "times": "six"}]}, "times is 'six'"),
        ({"activities": [{**MEETING, "travel": math.nan}]}, "travel is nan"),
        ({"activities": [{**MEETING, "people": 9}]}, "people is 9, and 'Panel' has 8"),
        ({"activities": [{**MEETING, "last": 13}]}, "runs from month 1 to 13; the plan has months 1 to 12"),
        ({"activities": [{**MEETING, "likely": 1e9}]}, "likely is 1000000000.0; use a number from 0 to 20,000"),
        ({"activities": [{**MEETING, "low": 40}]}, "low 40, likely 30, high 30: low comes first"),
        ({"activities": [{**MEETING, "paid": ["lunch"]}]}, "paid has 'lunch'"),
        ({"activities": [{**MEETING, "rate": "none-such"}]}, "there is no published price 'none-such'"),
        (
            {"activities": [{**MEETING, "partners": "Everybody"}]},
            "there are no partners 'Everybody'; use one of 'Panel'",
        ),
        ({"activities": [{**MEETING, "fee": 3}]}, "'fee' is not known"),
        ({"partners": []}, "asks nobody"),
        (
            {"lines": [{"title": "Tea", "kind": "food"}]},
            "line 'Tea': kind is 'food'; use access, support, staff, telling",
        ),
        ({"lines": [{"title": "Tea", "activity": "Lunch"}]}, "there is no activity 'Lunch'"),
        ({"answers": {"design": "perhaps"}}, "the answer to design is 'perhaps'"),
        ({"months": 0}, "months is 0; use a whole number from 1 to 60"),
        ({"contingency": {"percent": 101}}, "percent is 101"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(change, said):
    with pytest.raises(CourseError) as caught:
        planned(**change)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_unknown_parts_are_refused():
    with pytest.raises(CourseError, match="parts is"):
        InvolvementPlanner(name="mine", parts=["all"])


# ---- numbers in words


def test_money_and_numbers_as_they_are_written():
    assert [money(one) for one in (0, 0.5, 1234.49, 1234567)] == ["£0", "£1", "£1,234", "£1,234,567"]
    assert [number(one) for one in (2, 2.5, 2.25, 1000)] == ["2", "2.5", "2.3", "1,000"]
    assert ranged((1, 1, 1)) == "£1"
    assert ranged((1, 2, 3)) == "£2 (£1 to £3)"


def test_a_budget_that_covers_all_has_nothing_to_add():
    text = paragraph(whole())
    assert "Our first budget" not in text
    assert "Partners are offered independent advice on benefits" in text
