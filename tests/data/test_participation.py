"""The figures of modules 05 to 08: as read in their sources, and in agreement with their cards."""

import pytest

from equitykit import data

OURS = [
    "access-costs",
    "data-opt-outs",
    "involvement-barriers",
    "involvement-in-research",
    "involvement-payment-rates",
    "involvement-time",
    "participation-frameworks",
    "peer-research-in-studies",
    "photovoice-participation",
]


def value(frame, column="value", **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


@pytest.mark.parametrize("name", OURS)
def test_every_row_says_where_it_was_read(name):
    frame = data.load(name)
    card = data.card(name)
    assert frame["source"].notna().all()
    assert frame["source_url"].str.startswith("http").all()
    for url in frame["source_url"].unique():
        assert url in card


# --- what involvement is paid -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rates():
    return data.load("involvement-payment-rates")


@pytest.mark.parametrize(
    ("organisation", "unit", "low", "high"),
    [
        ("NICE", "day", 150, 150),
        ("NICE", "half day", 75, 75),
        ("NIHR", "task or role", 13.80, 495),
        ("Health Research Authority", "year", 0, 0),
        ("Scottish Government", "hour", 35, 35),
        ("Scottish Government", "day", 280, 280),
        ("Iriss", "day", 150, 150),
        ("PenCRU, University of Exeter", "meeting", 15, 15),
        ("Catalyst", "hour", 60, 60),
        ("Trials of one clinical trials unit", "hour", 10, 50),
    ],
)
def test_a_rate_is_as_published(rates, organisation, unit, low, high):
    assert value(rates, "low", organisation=organisation, unit=unit) == low
    assert value(rates, "high", organisation=organisation, unit=unit) == high


def test_an_amount_stands_only_where_the_rate_is_one_figure(rates):
    assert (rates["amount"].notna() == (rates["low"] == rates["high"])).all()
    assert (rates["low"] <= rates["high"]).all()


def test_nothing_is_paid_where_the_status_says_so(rates):
    assert ((rates["status"] == "not paid") == (rates["high"] == 0)).all()


def test_the_pay_of_one_inspection_fell_in_steps(rates):
    inspections = rates[rates["organisation"].str.startswith("Care Quality Commission")]
    paid = inspections[inspections["status"] == "replaced"]
    assert sorted(set(paid["amount"].astype(float)), reverse=True) == [17, 15, 12.5, 10.44]
    assert round(100 * (17 - 10.44) / 17) == 39


def test_the_card_counts_the_payers_and_the_undated_rates(rates):
    card = data.card("involvement-payment-rates")
    assert f"{len(rates)} rows of {rates['organisation'].nunique()} payers" in card
    undated = rates["dated"].str.startswith("not stated")
    assert undated.sum() == 7
    assert "Seven rows carry none" in card
    assert rates.loc[undated, "from_year"].isna().all()


# --- what access costs --------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def costs():
    return data.load("access-costs")


INTERPRETER = "British Sign Language interpreter, fully qualified"


@pytest.mark.parametrize(
    ("wanted", "amount"),
    [
        ({"item": INTERPRETER, "unit": "day", "place": "London"}, 280),
        ({"item": INTERPRETER, "unit": "half day", "place": "Northern Ireland"}, 110),
        ({"item": INTERPRETER, "unit": "short booking", "place": "Scotland"}, 75),
        ({"item": "lipspeaker, level 3, agency", "unit": "hour"}, 42),
        ({"item": "spoken-language interpreter, first hour"}, 28),
        ({"item": "written translation, what legal aid pays"}, 95),
        ({"item": "own car or van, first 10,000 miles a year"}, 0.45),
        ({"need": "cover for an unpaid carer", "dated": "April 2025 to March 2026"}, 32.14),
        ({"item": "National Living Wage (law), age 21 and over", "from_year": 2026}, 12.71),
        ({"item": "real Living Wage (voluntary), age 18 and over", "from_year": 2025, "place": "London"}, 14.80),
    ],
)
def test_a_price_is_as_published(costs, wanted, amount):
    assert value(costs, "amount", **wanted) == amount


def test_an_amount_stands_only_where_the_price_is_one_figure(costs):
    assert (costs["amount"].notna() == (costs["low"] == costs["high"])).all()
    assert (costs["low"] <= costs["high"]).all()


def test_twelve_places_have_three_prices_of_an_interpreter(costs):
    fees = costs[costs["item"] == INTERPRETER].pivot(index="place", columns="unit", values="amount").astype(float)
    assert fees.shape == (12, 3)
    assert ((fees["short booking"] < fees["half day"]) & (fees["half day"] < fees["day"])).all()


def test_what_was_worked_out_is_what_the_survey_s_difference_gives(costs):
    worked = costs[costs["read_at"] == "worked out for the course"]
    assert len(worked) == 1
    funded = value(costs, "amount", item="nursery, child under two, 25 hours, family with funded hours")
    assert round(funded + 105, 2) == float(worked["amount"].iloc[0])


def test_the_lowest_lawful_pay_rose_while_the_mileage_rate_stood_still(costs):
    wage = costs[costs["item"].str.startswith("National Living Wage")].set_index("from_year")["amount"].astype(float)
    assert list(wage.index) == [2021, 2022, 2023, 2024, 2025, 2026]
    assert wage.is_monotonic_increasing
    assert round(100 * (wage[2026] / wage[2021] - 1)) == 43
    assert set(costs[costs["need"] == "travel"]["from_year"]) == {2011}


# --- how long it takes, and what stands in the way ----------------------------------------------------------------


def test_hours_that_are_paid_for_are_few_and_hours_that_were_taken_are_many():
    time = data.load("involvement-time")
    hours = time[time["unit"] == "hours"]
    assert hours[hours["stage"] == "allowed for"]["high"].max() == 2
    assert value(hours, "low", task="everything, over the whole study") == 100


def test_ranges_are_meetings_times_hours():
    time = data.load("involvement-time").set_index("task")
    meetings = time.loc["11 research meetings of 2 to 3 hours"]
    assert (meetings["low"], meetings["high"]) == (11 * 2, 11 * 3)
    interviews = time.loc["17 interviews of 30 to 60 minutes"]
    assert (interviews["low"], interviews["high"]) == (17 * 0.5, 17)


def test_only_a_lower_bound_has_no_highest():
    time = data.load("involvement-time")
    assert (time["high"].isna() == (time["bound"] == "more than")).all()


@pytest.mark.parametrize(
    ("answer", "percent"),
    [
        ("paying people (compensating consumers)", 59.3),
        ("finding people (consumers)", 46.6),
        ("time", 39.0),
        ("own skills and knowledge", 32.2),
        ("limited resources", 30.8),
    ],
)
def test_a_barrier_is_as_published(answer, percent):
    barriers = data.load("involvement-barriers")
    assert value(barriers, "percent", answer=answer) == percent


# --- shares are their counts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "share", "count"),
    [
        ("involvement-barriers", "percent", "count"),
        ("involvement-in-research", "value", "count"),
        ("peer-research-in-studies", "percent", "count"),
        ("photovoice-participation", "percent", "studies"),
    ],
)
def test_a_share_is_its_count_over_its_base(name, share, count):
    rows = data.load(name).dropna(subset=[share, count, "out_of"])
    assert len(rows) > 4
    worked = 100 * rows[count].astype(float) / rows["out_of"].astype(float)
    # Shares published as whole numbers may be half a point away from their counts.
    assert ((worked - rows[share]).abs() <= 0.5).all()


def test_the_voice_stops_before_the_print():
    voice = data.load("photovoice-participation")
    voice = voice[voice["review"] == "Evans-Agnew and Rosemberg 2016"].sort_values("question_order")
    assert list(voice["studies"]) == [13, 14, 7, 0]
    assert set(voice["out_of"]) == {21}


def test_awareness_is_common_and_change_is_rare():
    effect = data.load("photovoice-participation")
    effect = effect[effect["question"].str.startswith("how far")].sort_values("question_order")
    assert list(effect["studies"]) == [30, 11, 3]


# --- involvement in research ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def research():
    return data.load("involvement-in-research")


@pytest.mark.parametrize(
    ("group", "percent", "low", "high"),
    [
        ("United Kingdom", 44.5, 40.8, 48.5),
        ("China", 3.4, 1.5, 5.3),
        ("NIHR (United Kingdom)", 57.2, 51.8, 62.6),
        ("mental health", 36.9, 29.1, 44.7),
    ],
)
def test_a_share_of_papers_has_its_interval(research, group, percent, low, high):
    papers = research[research["study"] == "Papers in BMJ Open 2020"]
    row = papers[papers["group"] == group].iloc[0]
    assert (row["value"], row["low"], row["high"]) == (percent, low, high)


def test_two_years_of_reports_add_up_to_both(research):
    projects = research[research["study"] == "Projects funded by PCORI"]
    wide = projects.pivot(index="stage_order", columns="period", values="count")
    assert len(wide) == 8
    assert (wide["first-year reports"] + wide["second-year reports"] == wide["both years' reports"]).all()


def test_partners_are_fewer_at_the_end_than_at_the_design(research):
    both = research[research["period"] == "both years' reports"].set_index("group")["value"]
    assert both["outcomes and measurement"] == 75
    assert both["dissemination"] == 43
    assert both["data collection"] == both.min() == 40


def test_the_interval_of_the_odds_ratio_hardly_excludes_one(research):
    odds = research[research["unit"] == "odds ratio"].iloc[0]
    assert (odds["value"], odds["low"], odds["high"]) == (1.16, 1.01, 1.34)


def test_words_stand_where_there_is_no_figure(research):
    assert (research["value"].isna() == (research["unit"] == "words")).all()


# --- who said no ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refusals():
    return data.load("data-opt-outs")


@pytest.mark.parametrize(
    ("date", "measure", "figure"),
    [
        ("2 May 2016", "share of patients", 2.2),
        ("2 May 2016", "codes in practice records", 1_461_877),
        ("March 2018", "people", 2_085_450),
        ("1 June 2020", "people", 1_578_380),
        ("31 May 2021", "share of patients", 2.77),
        ("30 June 2021", "share of patients", 4.97),
        ("31 May to 30 June 2021", "set in the month", 1_339_862),
        ("June 2021", "set in the month", 1_275_153),
    ],
)
def test_a_count_of_refusals_is_as_published(refusals, date, measure, figure):
    assert value(refusals, date=date, group="England", measure=measure) == figure


def test_in_every_age_group_the_share_is_the_count_over_the_list(refusals):
    ages = refusals[refusals["grouping"] == "age, women and girls"]
    wide = ages.pivot(index="group", columns="measure", values="value").astype(float)
    sizes = ages.groupby("group")["list_size"].first().astype(float)
    assert len(wide) == 9
    assert ((100 * wide["people"] / sizes).round(2) == wide["share of patients"]).all()
    assert wide["share of patients"].idxmax() == "30 to 39"


def test_the_rises_of_june_2021_are_those_the_paper_states(refusals):
    before, after = (
        refusals[(refusals["date"] == day) & (refusals["measure"] == "share of patients")].set_index("group")["value"]
        for day in ("31 May 2021", "30 June 2021")
    )
    rise = (100 * (after / before - 1)).astype(float).round()
    assert rise["women and girls"] == 83
    assert rise["men and boys"] == 76
    assert rise.idxmax() == "40 to 49"


def test_the_two_counts_of_one_month_differ_and_a_note_says_so(refusals):
    month = refusals[refusals["date"] == "June 2021"].iloc[0]
    assert "1,339,862" in month["note"]


# --- what peer researchers do --------------------------------------------------------------------------------------


def test_the_articles_on_peers_are_three_kinds():
    peers = data.load("peer-research-in-studies")
    kinds = peers[(peers["study"] == "Vaughn and others, peer models") & (peers["topic"] == "what is written")]
    assert kinds["count"].sum() == 251


@pytest.mark.parametrize(
    ("finding", "phase"),
    [
        ("partners engaged in data collection", "data collection"),
        ("partners engaged in analysis or review of results", "analysis and review of results"),
        ("partners engaged in dissemination", "dissemination"),
    ],
)
def test_a_figure_in_both_tables_is_the_same(research, finding, phase):
    peers = data.load("peer-research-in-studies")
    there = research[(research["group"] == phase) & (research["period"] == "both years' reports")]
    assert value(peers, "count", study="Projects funded by PCORI", finding=finding) == value(there, "count")
    assert value(peers, "percent", study="Projects funded by PCORI", finding=finding) == value(there)


# --- frameworks ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def frameworks():
    return data.load("participation-frameworks")


def test_each_framework_is_whole_and_in_its_own_order(frameworks):
    sizes = {
        "Ladder of citizen participation": 8,
        "Spectrum of public participation": 5,
        "UK Standards for Public Involvement": 6,
        "Principles of co-production": 5,
        "Principles of community-based participatory research": 9,
        "CARE principles": 4,
        "OCAP": 4,
    }
    assert dict(frameworks.groupby("framework").size()) == sizes
    for _, rows in frameworks.groupby("framework"):
        assert list(rows["position"]) == list(range(1, len(rows) + 1))


def test_only_the_ladder_has_bands_and_ranks_by_power(frameworks):
    ladder = frameworks["framework"] == "Ladder of citizen participation"
    assert (frameworks["band"].notna() == ladder).all()
    assert ((frameworks["order_means"] == "more power") == ladder).all()
    assert list(frameworks[ladder]["band"].unique()) == ["no participation", "tokenism", "power of citizens"]
