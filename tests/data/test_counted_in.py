"""The figures of module 10: as published, and in agreement with each other."""

import pytest

from equitykit import data


def only(frame, **wanted):
    for column, want in wanted.items():
        frame = frame[frame[column] == want]
    assert len(frame) == 1
    return frame.iloc[0]


# --- groups at the census -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def groups():
    return data.load("census-ethnic-groups")


def test_every_area_has_nineteen_groups_in_the_same_five(groups):
    assert (groups.groupby("area")["ethnic_group"].nunique() == 19).all()
    assert (groups.groupby("ethnic_group")["broad_group"].nunique() == 1).all()
    sizes = groups[groups["area"] == "England"]["broad_group"].value_counts()
    assert dict(sizes) == {"Asian": 5, "White": 5, "Mixed": 4, "Black": 3, "Other": 2}


def test_england_and_wales_add_up(groups):
    wide = groups.pivot(index="ethnic_group", columns="area", values="people")
    assert (wide["England"] + wide["Wales"] == wide["England and Wales"]).all()


# National counts of Census 2021, England and Wales: TS021 (Nomis), TS022, and ONS's total.
@pytest.mark.parametrize(
    ("group", "published"),
    [
        ("Black African", 1_488_381),
        ("Black Caribbean", 623_119),
        ("Other Black", 297_778),
        ("White and Black Caribbean", 513_042),
        ("White and Black African", 249_596),
        ("Pakistani", 1_587_819),
        ("Bangladeshi", 644_881),
        ("Indian", 1_864_318),
        ("Chinese", 445_619),
    ],
)
def test_a_sum_over_authorities_is_the_national_count_but_for_perturbation(groups, group, published):
    people = only(groups, area="England and Wales", ethnic_group=group)["people"]
    assert abs(people - published) <= 30


def test_the_total_is_that_of_the_census_but_for_perturbation(groups):
    total = groups.loc[groups["area"] == "England and Wales", "people"].sum()
    assert abs(total - 59_597_542) < 50


# GOV.UK, Ethnicity facts and figures: shares of England and Wales.
@pytest.mark.parametrize(
    ("column", "group", "percent"),
    [
        ("broad_group", "White", 81.7),
        ("broad_group", "Asian", 9.3),
        ("broad_group", "Black", 4.0),
        ("broad_group", "Mixed", 2.9),
        ("broad_group", "Other", 2.1),
        ("ethnic_group", "White British", 74.4),
        ("ethnic_group", "Other White", 6.2),
        ("ethnic_group", "Indian", 3.1),
    ],
)
def test_shares_are_the_published_ones(groups, column, group, percent):
    rows = groups[groups["area"] == "England and Wales"]
    share = 100 * rows.loc[rows[column] == group, "people"].sum() / rows["people"].sum()
    assert round(share, 1) == percent


def test_any_other_is_as_the_publisher_rounds_it(groups):
    row = only(groups, area="England and Wales", ethnic_group="Any other ethnic group")
    assert round(row["people"], -2) == 923_800


def test_small_says_what_it_means(groups):
    assert (groups["small"] == groups["people"].between(1, 9)).all()
    assert set(groups.loc[groups["small"], "area"]) == {"Isles of Scilly"}
    scilly = groups[groups["area"] == "Isles of Scilly"]
    assert (int(scilly["small"].sum()), int((scilly["people"] == 0).sum())) == (10, 6)


# --- health at the census -----------------------------------------------------------------------------------


def test_health_is_as_published_and_compared_with_all_where_it_can_be():
    health = data.load("census-health-by-ethnic-group")
    travellers = health[health["group"] == "Gypsy or Irish Traveller"]
    assert only(travellers, measure="bad or very bad health")["percent"] == 12.5
    assert list(travellers.loc[travellers["measure"] == "disabled", "percent"]) == [33.2, 39.1]
    everybody = health[health["group"] == "All"].set_index("measure")["percent"]
    assert dict(everybody) == {
        "bad or very bad health": 5.2,
        "good or very good health": 82.0,
        "bad or very bad health, aged 65 to 69": 9.8,
        "no qualifications": 18.2,
        "lives in a caravan or other mobile or temporary structure": 0.3,
    }
    assert (health.loc[health["age_standardised"], "measure"] == "disabled").all()


# --- sexual orientation and gender identity -----------------------------------------------------------------


@pytest.fixture(scope="module")
def identities():
    frame = data.load("census-sexual-orientation-gender-identity")
    return frame[frame["grouping"] == "everybody"]


@pytest.mark.parametrize(("topic", "missing"), [("sexual orientation", 7.5), ("gender identity", 6.0)])
def test_those_who_answered_and_those_who_did_not_are_everybody(identities, topic, missing):
    rows = identities[identities["topic"] == topic]
    asked = rows[rows["level"] == "question"].set_index("group")["percent"]
    assert asked["did not answer"] == missing
    assert asked.sum() == 100


def test_answers_add_up_to_their_totals(identities):
    people = identities.set_index(["topic", "group"])["people"]
    parts = people["sexual orientation"][["gay or lesbian", "bisexual", "other sexual orientation"]].sum()
    assert round(parts, -5) == people["sexual orientation", "LGB+ (the next three together)"]
    written = identities.loc[identities["level"] == "written in", "people"].sum()
    # ONS corrected two of the written answers to the hundred; the others are rounded to thousands.
    assert written == pytest.approx(people["sexual orientation", "other sexual orientation"], abs=1_000)
    finer = identities[(identities["topic"] == "gender identity") & (identities["level"] == "answer")]
    assert finer["people"].sum() - people["gender identity", "same as sex registered at birth"] == 262_000


@pytest.mark.parametrize("topic", ["sexual orientation", "gender identity"])
def test_counts_over_everybody_of_sixteen_give_the_percentages(identities, topic):
    rows = identities[identities["topic"] == topic]
    asked = rows.loc[rows["level"] == "question", "people"].sum()
    assert asked == pytest.approx(48.55e6, abs=0.06e6)
    # Counts above a million are rounded to hundreds of thousands.
    assert ((100 * rows["people"] / asked - rows["percent"]).abs() < 0.16).all()


# --- recording ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recording():
    return data.load("ethnicity-recording")


def test_a_percentage_with_both_numbers_is_their_quotient(recording):
    rows = recording.dropna(subset=["count", "out_of"])
    assert len(rows) == 7
    assert ((100 * rows["count"] / rows["out_of"]).round(1) == rows["percent"]).all()


def test_men_and_women_are_all_the_people_of_the_first_study(recording):
    rows = recording[recording["study"] == "Saunders and others 2013"]
    sexes = rows[rows["grouping"] == "sex"]
    everybody = only(rows, grouping="everybody")
    assert sexes["out_of"].sum() == everybody["out_of"] == 58_721
    assert round(100 * sexes["count"].sum() / sexes["out_of"].sum(), 1) == everybody["percent"]


def test_a_range_has_no_percentage_and_a_percentage_no_range(recording):
    ranges = recording["bound"].str.startswith("range")
    assert recording.loc[ranges, "percent"].isna().all()
    assert recording.loc[~ranges, "percent"].notna().all()
    for end in ("range_low", "range_high"):
        assert (recording[end].notna() == ranges).all()


# ONS, November 2023, main points.
def test_agreement_with_the_census_is_kept_as_a_bound(recording):
    rows = recording[recording["study"] == "ONS 2023"].set_index("group")
    assert {group: (row["bound"], float(row["percent"])) for group, row in rows.iterrows()} == {
        "White British": ("more than", 95),
        "Bangladeshi": ("more than", 92),
        "Pakistani": ("more than", 86),
        "Indian": ("more than", 82),
        "Chinese": ("more than", 79),
        "Other Mixed": ("less than", 35),
        "Any other ethnic group": ("less than", 26),
        "Other Black": ("less than", 20),
        "Gypsy or Irish Traveller": ("less than", 7),
    }


# --- detention ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def detentions():
    frame = data.load("mental-health-act-detentions")
    return frame[frame["measure"] == "detentions under the Mental Health Act"]


def test_a_crude_rate_with_both_numbers_is_their_quotient(detentions):
    rows = detentions.dropna(subset=["detentions", "population"])
    assert len(rows) == 12
    assert (rows["rate_type"] == "crude").all()
    assert ((100_000 * rows["detentions"] / rows["population"]).round(1) == rows["rate"]).all()


def test_three_groups_add_up_to_black(detentions):
    rows = detentions[(detentions["period"] == "2022/23") & (detentions["rate_type"] == "crude")]
    counts = rows.set_index("group")[["detentions", "population"]]
    parts = counts.loc[["Black African", "Black Caribbean", "Other Black"]].sum()
    assert list(parts) == list(counts.loc["Black"])


def test_one_count_over_two_populations(detentions):
    rows = detentions[(detentions["period"] == "2021/22") & (detentions["rate_type"] == "crude")]
    assert (rows["group"] == "Other Black").all()
    assert list(rows["detentions"]) == [1604, 1604]
    assert dict(zip(rows["population_base"], rows["rate"], strict=True)) == {"2011 Census": 577.3, "2021 Census": 545.9}
    assert list(rows["read_at"] == "worked out for the course") == [False, True]


# NHS Digital and GOV.UK, age-standardised, per 100,000: Black, White.
@pytest.mark.parametrize(
    ("period", "black", "white", "ratio"),
    [
        ("2016/17", 272.1, 67.0, 4.06),
        ("2018/19", 306.8, 72.9, 4.21),
        ("2019/20", 321.7, 73.4, 4.38),
        ("2020/21", 343.5, 74.7, 4.60),
        ("2021/22", 341.7, 72.4, 4.72),
        ("2022/23", 227.9, 64, 3.56),
        ("2024/25", 262.4, 65.8, 3.99),
    ],
)
def test_rates_are_as_read(detentions, period, black, white, ratio):
    rows = detentions[(detentions["period"] == period) & (detentions["rate_type"] == "age-standardised")]
    rates = rows.set_index("group")["rate"]
    assert (rates["Black"], rates["White"]) == (black, white)
    assert round(rates["Black"] / rates["White"], 2) == ratio


def test_the_series_breaks_between_two_censuses(detentions):
    rows = detentions[detentions["read_at"] != "worked out for the course"]
    assert (rows.loc[rows["period"] <= "2021/22", "population_base"] != "2021 Census").all()
    assert (rows.loc[rows["period"] == "2022/23", "population_base"] == "2021 Census").all()


def test_other_groups_are_marked(detentions):
    other = detentions["group"].isin(["Other Black", "Other Mixed", "Any other ethnic group"])
    assert (detentions["overestimated"] == other).all()
