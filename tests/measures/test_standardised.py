"""Standardised rates against published figures, and what standardising must not change."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.rates import confint_poisson

from equitykit import measures

# A worked example of 19 age bands, with a small and a large count of events: test data of PHEindicatormethods
# (github.com/ukhsa-collaboration/PHEindicatormethods, tests/testthat/testdata_DSR_ISR.xlsx).
BANDS = list(measures.EUROPEAN_STANDARD_POPULATION_2013)
PEOPLE = [636, 558, 609, 543, 384, 594, 669, 843, 660, 576, 606, 522, 426, 273, 300, 288, 153, 123, 207]
MANY = [127, 25, 18, 21, 12, 27, 48, 27, 29, 32, 32, 34, 45, 65, 38, 68, 74, 82, 91]
FEW = [12, 4, 3, 2, 3, 4, 8, 2, 2, 3, 4, 5, 6, 8, 5, 6, 5, 5, 4]
TINY = [0, 0, None, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 1, 1, 2, 3]
ALL_EVENTS = [10303, 2824, 0, 3615, 3641, 3490, 3789, 3213, 3031, 2771]
ALL_EVENTS += [3089, 3490, 3595, 4745, 5514, 7125, 5694, 6210, 5757]
ALL_PEOPLE = [50520, 57173, 60213, 54659, 44345, 50128, 62163, 67423, 62899, 55463]
ALL_PEOPLE += [60479, 49974, 44140, 40888, 37239, 30819, 18136, 15325, 13918]


def table(events):
    return pd.DataFrame(
        {"age": BANDS, "events": events, "people": PEOPLE, "all_events": ALL_EVENTS, "all_people": ALL_PEOPLE}
    )


def dsr(rows, **options):
    options = {"age": "age"} | options
    return measures.directly_standardised_rate(rows, count="events", population="people", **options)


def isr(rows, **options):
    return measures.indirectly_standardised_ratio(
        rows,
        count="events",
        population="people",
        reference_count="all_events",
        reference_population="all_people",
        **options,
    )


@pytest.mark.parametrize(
    ("events", "level", "published"),
    [
        (MANY, 0.95, (10430.247991469, 9717.709067986, 11178.940915479)),
        (MANY, 0.998, (10430.247991469, 9323.287880220, 11620.595999522)),
        (FEW, 0.95, (1103.212025300, 877.455767537, 1367.088222718)),
        (FEW, 0.998, (1103.212025300, 763.642035794, 1530.032894824)),
    ],
)
def test_a_directly_standardised_rate_is_the_published_one(events, level, published):
    result = dsr(table(events), level=level)
    assert (result.estimate, result.low, result.high) == pytest.approx(published, rel=1e-9)


def test_another_standard_population_is_a_column():
    """The European Standard Population of 1976, 18 age bands: sheet testdata_1976 of the same file."""
    rows = table(MANY)[:18].assign(weight=[8] + [7] * 10 + [6, 5, 4, 3, 2, 1, 1])
    result = dsr(rows, age=None, standard="weight", per=10_000)
    assert (result.estimate, result.low, result.high) == pytest.approx(
        (859.209758502, 799.116093144, 922.525388032), rel=1e-9
    )


def test_a_rate_of_fewer_than_ten_events_is_not_reported():
    """Nine events, and a missing count that means none."""
    result = dsr(table(TINY))
    assert not result.reported
    assert np.isnan([result.estimate, result.low, result.high]).all()
    assert str(result).startswith("Directly standardised rate: not reported; 9 events are fewer than 10")
    assert dsr(table([1, *TINY[1:]])).reported, "and one of ten is"


@pytest.mark.parametrize(
    ("events", "per", "published"),
    [
        (MANY, 1, (1.070723293902, 1.001714771255, 1.143233287250)),
        (FEW, 100, (10.886683770401, 8.765040101829, 13.366576328419)),
    ],
)
def test_an_indirectly_standardised_ratio_is_the_published_one(events, per, published):
    result = isr(table(events), per=per)
    assert (result.estimate, result.low, result.high) == pytest.approx(published, rel=1e-9)
    assert result.computed_from["expected"] == pytest.approx(835.883561231, rel=1e-9)


def test_the_ratio_of_few_events_has_exact_limits():
    """Nine events: testresults_ISR, testdata_tiny."""
    result = isr(table(TINY).fillna({"events": 0}))
    assert (result.estimate, result.low, result.high) == pytest.approx(
        (1.076704988281, 0.492338082510, 2.043921455550), rel=1e-9
    )
    assert result.method == "exact (chi-squared)"


def test_the_standard_population_is_the_one_of_eurostat():
    assert len(measures.EUROPEAN_STANDARD_POPULATION_2013) == 19
    assert sum(measures.EUROPEAN_STANDARD_POPULATION_2013.values()) == 100_000


def test_bands_may_be_merged_and_their_weights_are_summed():
    rows = pd.DataFrame({"age": ["0-14", "15 to 64", "65–89", "90 and over"]})
    assert measures.standard_weights(rows, "age").tolist() == [16_000, 64_500, 18_500, 1_000]


@pytest.mark.parametrize(
    ("bands", "words"),
    [
        (["0-4", "5-8"], "row 1: the band '5-8' does not start and end where"),
        (["0-4", "3-9"], "row 1: the band '3-9' does not start and end where"),
        (["0-9", "5-14"], "row 1: the band '5-14' overlaps '0-9'"),
        (["85+", "90+"], r"row 1: the band '90\+' overlaps '85\+'"),
        (["0-4", "children"], "row 1: 'children' is no age band"),
        (["0-4", None], "row 1: .* is no age band"),
    ],
)
def test_age_bands_that_do_not_fit_the_standard_are_refused(bands, words):
    rows = pd.DataFrame({"age": bands, "events": [20, 20], "people": [100, 100]})
    with pytest.raises(measures.CourseError, match=words):
        dsr(rows)


def test_one_standard_is_needed_and_no_more():
    rows = table(MANY).assign(weight=1)
    for wrong in ({"age": None}, {"standard": "weight"}):
        with pytest.raises(measures.CourseError, match="give one of the two"):
            dsr(rows, **wrong)
    with pytest.raises(measures.CourseError, match="row 3: -1 is a negative weight"):
        dsr(rows.assign(weight=[1, 1, 1, -1] + [1] * 15), age=None, standard="weight")
    with pytest.raises(measures.CourseError, match="all weights are 0"):
        dsr(rows.assign(weight=0), age=None, standard="weight")


def test_impossible_figures_are_refused():
    with pytest.raises(measures.CourseError, match="'events', row 0: -1 is a negative count"):
        dsr(table([-1, *MANY[1:]]))
    with pytest.raises(measures.CourseError, match="'people', row 2: 0 is no population"):
        dsr(table(MANY).assign(people=[5, 5, 0] + [5] * 16))
    with pytest.raises(measures.CourseError, match="no events, so none are expected"):
        isr(table(MANY).assign(all_events=0))
    with pytest.raises(measures.CourseError, match="'events', row 2: the value is missing"):
        isr(table(TINY))


@given(st.lists(st.integers(1, 500), min_size=19, max_size=19), st.floats(0.01, 0.99))
def test_splitting_an_age_band_in_the_data_changes_nothing(events, part):
    """A row split in two, with its people and its weight shared in the same proportion, is the same population."""
    rows = table(events).assign(
        weight=list(measures.EUROPEAN_STANDARD_POPULATION_2013.values()), events=np.array(events, float)
    )
    first, second = rows.copy(), rows.copy()
    for column in ("events", "people", "weight"):
        first[column], second[column] = rows[column] * part, rows[column] * (1 - part)
    split = pd.concat([first, second], ignore_index=True)
    whole, halves = (dsr(each, age=None, standard="weight") for each in (rows, split))
    assert (halves.estimate, halves.low, halves.high) == pytest.approx((whole.estimate, whole.low, whole.high))


@given(st.lists(st.integers(0, 500), min_size=19, max_size=19).filter(lambda events: sum(events) >= 10))
def test_a_population_built_like_the_standard_keeps_its_crude_rate(events):
    rows = table(events).assign(people=list(measures.EUROPEAN_STANDARD_POPULATION_2013.values()))
    standardised, crude = dsr(rows), measures.crude_rate(rows, count="events", population="people")
    assert standardised.estimate == pytest.approx(crude.estimate)
    assert (standardised.low, standardised.high) == pytest.approx((crude.low, crude.high))


def test_the_reference_population_itself_has_a_ratio_of_one_hundred():
    rows = table(MANY).assign(events=ALL_EVENTS, people=ALL_PEOPLE)
    assert isr(rows).estimate == pytest.approx(100)


def test_intervals_cover_the_true_rate_as_often_as_they_say():
    """1,000 seeded populations with known rates: cover in 95% of them, give or take 4 standard errors of the count."""
    rng, trials = np.random.default_rng(11), 1000
    rates = np.array(FEW) / np.array(PEOPLE)
    weights = np.array(list(measures.EUROPEAN_STANDARD_POPULATION_2013.values())) / 100_000
    truth = float(weights @ rates) * 100_000
    covered = 0
    for events in rng.poisson(rates * np.array(PEOPLE), size=(trials, 19)):
        result = dsr(table(events))
        covered += result.low <= truth <= result.high
    assert abs(covered / trials - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


def test_dobsons_interval_of_one_band_is_nearly_the_exact_one():
    """Byar's limits stand in for the exact ones: at 40 events they differ by less than 0.1%."""
    rows = pd.DataFrame({"age": ["0-4"], "events": [40], "people": [1000]})
    result = dsr(rows, per=1000)
    assert (result.low, result.high) == pytest.approx(confint_poisson(40, 1, method="exact-c"), rel=1e-3)
