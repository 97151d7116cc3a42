"""The slope and relative index of inequality, against published figures and by what they promise."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from equitykit import measures
from equitykit.measures.inputs import normal_quantile

# Worked examples of PHEindicatormethods (github.com/ukhsa-collaboration/PHEindicatormethods,
# tests/testthat/testdata_SII.xlsx, area1): ten deciles each of life expectancy, infant mortality and child obesity.
# The published intervals are percentiles of 100,000 draws.
LIFE = pd.DataFrame(
    {
        "decile": range(1, 11),
        "people": [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534],
        "value": [
            75.93345901,
            78.34423827,
            83.83606310,
            83.63753997,
            80.46550315,
            81.11567599,
            81.69308357,
            84.19000621,
            80.59556411,
            86.28943496,
        ],
        "low": [
            72.72205305,
            75.25098022,
            80.86972951,
            80.15757836,
            77.13087860,
            78.04999868,
            79.01157849,
            81.44572828,
            75.82718517,
            83.21905935,
        ],
        "high": [
            79.14486497,
            81.43749633,
            86.80239670,
            87.11750158,
            83.80012771,
            84.18135329,
            84.37458865,
            86.93428414,
            85.36394305,
            89.35981057,
        ],
    }
)
MORTALITY = pd.DataFrame(
    {
        "decile": range(1, 11),
        "people": [279012, 255993, 236961, 214315, 192812, 183546, 168593, 164822, 154836, 138165],
        "value": [
            5.89221969,
            4.73450446,
            3.82763408,
            3.86813802,
            3.67715702,
            3.14362612,
            3.12587118,
            2.94256835,
            2.82879950,
            2.76481019,
        ],
        "low": [
            5.61495966,
            4.47592077,
            3.58692606,
            3.61407911,
            3.41669699,
            2.89771764,
            2.87049381,
            2.69240413,
            2.57630574,
            2.50142062,
        ],
        "high": [
            6.18308536,
            5.00795194,
            4.08442910,
            4.13998230,
            3.95739348,
            3.41033172,
            3.40389099,
            3.21590157,
            3.10596215,
            3.05584867,
        ],
    }
)
OBESITY = pd.DataFrame(
    {
        "decile": range(1, 11),
        "people": [34353, 32112, 27715, 25372, 23889, 23260, 23180, 24193, 23609, 24488],
        "value": [
            0.212121212,
            0.214281266,
            0.204077215,
            0.191865048,
            0.174808489,
            0.166638005,
            0.156039689,
            0.146571322,
            0.140370198,
            0.120875531,
        ],
        "low": [
            0.207830499,
            0.209827711,
            0.199373517,
            0.187066649,
            0.170044641,
            0.161904106,
            0.151425075,
            0.142170754,
            0.135997671,
            0.116852010,
        ],
        "high": [
            0.216476301,
            0.218803171,
            0.208862934,
            0.196756740,
            0.179676906,
            0.171481998,
            0.160768289,
            0.151084111,
            0.144859738,
            0.125017981,
        ],
    }
)
COLUMNS = {"value": "value", "population": "people", "order": "decile", "low": "low", "high": "high"}
WORSE = {"higher_is_worse": True}

# Table, kind, whether transformed, options; published index and limits, and the same of the relative index.
PUBLISHED = [
    (LIFE, "value", False, {}, (6.934616474, 3.127594618, 10.75868737), (1.088818080, 1.038369059, 1.141299336)),
    (
        LIFE,
        "value",
        False,
        {"level": 0.99},
        (6.934616474, 1.92432744, 11.99208400),
        (1.08881808, 1.02341483, 1.15876777),
    ),
    (MORTALITY, "rate", False, {}, (-3.275201233, -3.586823302, -2.965317002), (0.406000690, 0.368881702, 0.446247766)),
    (MORTALITY, "rate", True, {}, (-3.155907139, -3.480961549, -2.833237345), (0.441884844, 0.408274408, 0.478566327)),
    (MORTALITY, "rate", True, WORSE, (3.155907139, 2.833237345, 3.480961549), (2.263033038, 2.089574516, 2.449333047)),
    (
        MORTALITY,
        "rate",
        True,
        {"level": 0.98},
        (-3.1559071, -3.5442810, -2.7745075),
        (0.44188484, 0.40209079, 0.48562375),
    ),
    (
        OBESITY,
        "proportion",
        False,
        {},
        (-0.107200323, -0.112208572, -0.102179806),
        (0.5334015, 0.5171273, 0.5501538),
    ),
    (OBESITY, "proportion", True, {}, (-0.109646261, -0.114908384, -0.104430878), (0.53417757, 0.51853339, 0.55017412)),
    (OBESITY, "proportion", True, WORSE, (0.109646261, 0.104430878, 0.114908384), (1.87203666, 1.81760639, 1.92851614)),
]
MONTE_CARLO = 100_000


def slope(rows, **options):
    return measures.slope_index_of_inequality(rows, **(COLUMNS | options))


def relative(rows, **options):
    return measures.relative_index_of_inequality(rows, **(COLUMNS | options))


def percentile_error(level, draws):
    """The standard error of a percentile of normal draws, sqrt(p(1-p)/n) over the density, in interval widths."""
    p = 0.5 - level / 2
    z = normal_quantile(level)
    return np.sqrt(p * (1 - p) / draws) / (np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)) / (2 * z)


@pytest.mark.parametrize(("rows", "kind", "transform", "options", "index", "ratio"), PUBLISHED)
def test_the_index_is_the_published_one(rows, kind, transform, options, index, ratio):
    result = slope(rows, kind=kind, transform=transform, **options)
    assert result.estimate == pytest.approx(index[0], rel=1e-7)
    assert relative(rows, kind=kind, transform=transform, **options).estimate == pytest.approx(ratio[0], rel=1e-7)


@pytest.mark.parametrize(("rows", "kind", "transform", "options", "index", "ratio"), PUBLISHED)
def test_the_published_limits_are_met(rows, kind, transform, options, index, ratio):
    """The index within 4 standard errors of a percentile of 100,000 draws, the ratio within half a percent."""
    result = slope(rows, kind=kind, transform=transform, **options)
    allowed = 4 * percentile_error(result.level, MONTE_CARLO) * (result.high - result.low)
    assert (result.low, result.high) == pytest.approx(index[1:], abs=allowed)
    result = relative(rows, kind=kind, transform=transform, **options)
    assert (result.low, result.high) == pytest.approx(ratio[1:], rel=0.005)


@pytest.mark.parametrize(
    ("rows", "kind", "transform"),
    [
        (LIFE, "value", False),
        (MORTALITY, "rate", False),
        (MORTALITY, "rate", True),
        (OBESITY, "proportion", False),
        (OBESITY, "proportion", True),
    ],
)
def test_the_closed_form_agrees_with_100_000_draws_within_half_a_percent(rows, kind, transform):
    """Of the interval's width. The mean of ten runs of 100,000 draws, whose own noise is then below 0.1%."""
    closed = slope(rows, kind=kind, transform=transform)
    runs = [
        slope(rows, kind=kind, transform=transform, interval="simulation", draws=MONTE_CARLO, seed=seed)
        for seed in range(10)
    ]
    allowed = 0.005 * (closed.high - closed.low)
    assert closed.low == pytest.approx(np.mean([run.low for run in runs]), abs=allowed)
    assert closed.high == pytest.approx(np.mean([run.high for run in runs]), abs=allowed)


@pytest.mark.parametrize(("rows", "kind", "transform"), [(LIFE, "value", False), (OBESITY, "proportion", True)])
def test_fiellers_limits_agree_with_drawn_ratios(rows, kind, transform):
    closed = relative(rows, kind=kind, transform=transform)
    runs = [
        relative(rows, kind=kind, transform=transform, interval="simulation", draws=MONTE_CARLO, seed=seed)
        for seed in range(10)
    ]
    allowed = 0.005 * (closed.high - closed.low)
    assert closed.low == pytest.approx(np.mean([run.low for run in runs]), abs=allowed)
    assert closed.high == pytest.approx(np.mean([run.high for run in runs]), abs=allowed)


def test_a_simulation_repeats_itself_with_its_seed():
    assert slope(LIFE, interval="simulation", draws=1000) == slope(LIFE, interval="simulation", draws=1000)
    assert slope(LIFE, interval="simulation", draws=1000, seed=1) != slope(LIFE, interval="simulation", draws=1000)


def test_intervals_cover_the_true_gap_as_often_as_they_say():
    """1,000 seeded tables about a straight line whose ends are 8 years apart, with known errors."""
    rng, trials = np.random.default_rng(3), 1000
    people, errors = LIFE.people.to_numpy(float), np.linspace(0.4, 1.2, 10)
    line = 74 + 8 * measures.mid_ranks(people)
    drawn = rng.normal(line, errors, size=(trials, 10))
    results = [
        measures.slope_index_of_inequality(
            LIFE.assign(value=values, se=errors), value="value", population="people", order="decile", error="se"
        )
        for values in drawn
    ]
    covered = np.mean([result.low <= 8 <= result.high for result in results])
    assert abs(covered - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials)


def expanded_slope(rows):
    """The least-squares slope over persons, each with the value and the rank of their group."""
    ranks = np.repeat(measures.mid_ranks(rows.people.to_numpy(float)), rows.people)
    return np.polyfit(ranks, np.repeat(rows.value.to_numpy(float), rows.people), 1)[0]


groups = st.lists(st.tuples(st.integers(1, 60), st.floats(50, 100)), min_size=2, max_size=8)


def small(pairs):
    people, values = zip(*pairs, strict=True)
    return pd.DataFrame({"decile": range(1, len(pairs) + 1), "people": people, "value": values})


@given(groups)
def test_weighted_groups_and_expanded_persons_have_one_slope(pairs):
    rows = small(pairs)
    assert slope(rows, low=None, high=None).estimate == pytest.approx(expanded_slope(rows), abs=1e-6)


@given(groups, st.floats(0.001, 1000), st.floats(-1000, 1000))
def test_the_slope_scales_with_the_values_and_ignores_a_shift(pairs, factor, shift):
    rows = small(pairs)
    plain = slope(rows, low=None, high=None).estimate
    moved = slope(rows.assign(value=rows.value * factor + shift), low=None, high=None).estimate
    assert moved == pytest.approx(plain * factor, rel=1e-6, abs=1e-6 * max(1, factor))


@given(groups, st.floats(0.001, 1000))
def test_only_shares_of_population_count(pairs, factor):
    rows = small(pairs)
    one, other = (slope(each, low=None, high=None) for each in (rows, rows.assign(people=rows.people * factor)))
    assert other.estimate == pytest.approx(one.estimate, abs=1e-6)


@given(groups, st.data())
def test_splitting_a_group_keeps_the_covariance_of_value_and_rank(pairs, data):
    """The slope is that covariance over the variance of the rank. A split of a group in two equal ones leaves the first
    alone and adds to the second: the same gradient told in more groups has a slope no steeper.
    """
    place = data.draw(st.integers(0, len(pairs) - 1))
    size, value = pairs[place]
    split = [*pairs[:place], (size / 2, value), (size / 2, value), *pairs[place + 1 :]]

    def parts(rows):
        people = rows.people.to_numpy(float)
        variance = np.average((measures.mid_ranks(people) - 0.5) ** 2, weights=people)
        return slope(rows, low=None, high=None).estimate, variance

    (before, spread), (after, more) = parts(small(pairs)), parts(small(split))
    assert after * more == pytest.approx(before * spread, abs=1e-8)
    assert abs(after) <= abs(before) + 1e-8


@given(st.lists(st.integers(1, 60), min_size=2, max_size=8), st.floats(60, 90), st.floats(-20, 20))
def test_a_straight_line_is_found_whatever_the_sizes(people, start, gap):
    rows = small([(size, 0.0) for size in people])
    rows["value"] = start + gap * measures.mid_ranks(rows.people.to_numpy(float))
    assert slope(rows, low=None, high=None).estimate == pytest.approx(gap, abs=1e-8)
    assert relative(rows, low=None, high=None).estimate == pytest.approx((start + gap) / start)


@given(groups)
def test_turning_the_polarity_turns_the_index_and_inverts_the_ratio(pairs):
    rows = small(pairs).assign(low=lambda each: each.value - 1, high=lambda each: each.value + 1)
    plain, turned = slope(rows), slope(rows, higher_is_worse=True)
    assert (turned.low, turned.estimate, turned.high) == (-plain.high, -plain.estimate, -plain.low)
    plain, turned = relative(rows), relative(rows, higher_is_worse=True)
    assert turned.estimate == pytest.approx(1 / plain.estimate)
    assert (turned.low, turned.high) == pytest.approx((1 / plain.high, 1 / plain.low), nan_ok=True)


def test_the_relative_index_is_the_ratio_of_the_ends_of_the_line():
    result = relative(LIFE)
    first = result.computed_from["fitted at the most deprived end"]
    last = result.computed_from["fitted at the least deprived end"]
    assert result.estimate == pytest.approx(last / first)
    assert slope(LIFE).estimate == pytest.approx(last - first)


def test_a_ratio_whose_base_may_be_zero_has_no_finite_interval():
    rows = LIFE.assign(value=np.linspace(1, 10, 10), se=5.0)
    result = relative(rows, low=None, high=None, error="se")
    assert np.isnan([result.low, result.high]).all()


def test_ordered_categories_do_for_numbers():
    names = [f"decile {place}" for place in range(1, 11)]
    named = LIFE.assign(decile=pd.Categorical(names, categories=names, ordered=True))
    assert slope(named) == slope(LIFE)


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"decile": [1, 2, 3, 4, 5, 6, 7, 8, 10, 9]}, {}, "'decile', row 9: groups out of order, 9 comes after 10"),
        ({"decile": range(10, 0, -1)}, {}, "row 1: groups out of order, 9 comes after 10; sort the table"),
        ({"decile": [1, 2, 3, 4, 5, 5, 7, 8, 9, 10]}, {}, "row 5: group 5 appears twice"),
        ({"decile": [1, 2, 3, 4, 6, 7, 8, 9, 10, 11]}, {}, "row 4: the group is 6 where 5 should be"),
        ({"decile": [f"decile {n}" for n in range(10)]}, {}, "'decile' is text, which has no order"),
        ({"decile": [1, 2, None, 4, 5, 6, 7, 8, 9, 10]}, {}, "'decile', row 2: the value is missing"),
        ({"people": [0] + [5] * 9}, {}, "'people', row 0: 0 is no population"),
        ({"value": [None] + [75.0] * 9}, {}, "'value', row 0: the value is missing"),
        ({"low": LIFE.value + 1}, {}, "'low', row 0: the interval does not hold its estimate"),
        ({"high": LIFE.value - 1}, {}, "'high', row 0: the interval does not hold its estimate"),
        ({}, {"order": "decil"}, "no column 'decil' .*did you mean 'decile'"),
        ({}, {"kind": "rates"}, "kind is 'rates': .*did you mean 'rate'"),
        ({}, {"transform": True}, "kind 'value', which has no other scale"),
        ({}, {"kind": "proportion"}, "'value', row 0: 75.9335 has no logit"),
        ({"value": [0.0] * 10, "low": 0.0}, {"kind": "rate"}, "'value', row 0: 0 has no logarithm"),
        ({}, {"interval": "bootstrap"}, "interval is 'bootstrap'"),
        ({}, {"interval": "simulation", "draws": 10}, "draws is 10"),
        ({}, {"level": 95}, "level is 95"),
        ({}, {"limits_level": 95}, "limits_level is 95"),
        ({}, {"high": None}, "only low was given"),
    ],
)
def test_what_has_no_gradient_is_refused(change, options, words):
    for measure in (slope, relative):
        with pytest.raises(measures.CourseError, match=words):
            measure(LIFE.assign(**change), **options)


def test_one_group_has_no_gradient():
    with pytest.raises(measures.CourseError, match="at least two groups"):
        slope(LIFE[:1])


def test_a_line_that_crosses_zero_has_no_ratio():
    with pytest.raises(measures.CourseError, match="a ratio needs both above 0"):
        relative(LIFE.assign(value=np.linspace(-5, 5, 10), low=-20.0, high=20.0))
