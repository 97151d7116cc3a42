"""Variance between intersecting strata, against published figures and by what a partition promises."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from equitykit import measures

# Yield of dyestuff in six batches of five: Davies OL, Goldsmith PL. Statistical Methods in Research and Production,
# 1972; the first example of Bates D. lme4: Mixed-effects modeling with R, whose REML variances are 1764 and 2451, and
# ML variances 1388 and 2451.
YIELD = [1545, 1440, 1440, 1520, 1580, 1540, 1555, 1490, 1560, 1495, 1595, 1550, 1605, 1510, 1560]
YIELD += [1445, 1440, 1595, 1465, 1545, 1595, 1630, 1515, 1635, 1625, 1520, 1455, 1450, 1480, 1445]
DYE = pd.DataFrame({"batch": np.repeat(list("ABCDEF"), 5), "grams": YIELD})


def partition(rows, **options):
    return measures.variance_partition(rows, **({"value": "grams", "strata": "batch"} | options))


@pytest.mark.parametrize(("estimation", "between", "within"), [("REML", 1764.05, 2451.25), ("ML", 1388.33, 2451.25)])
def test_the_variances_are_the_published_ones(estimation, between, within):
    result = partition(DYE, estimation=estimation)
    assert result.computed_from["variance between strata"] == pytest.approx(between, abs=0.01)
    assert result.computed_from["variance within strata"] == pytest.approx(within, abs=0.01)
    assert result.estimate == pytest.approx(100 * between / (between + within), abs=1e-3)
    assert result.computed_from["estimation"] == estimation
    assert estimation in str(result)


def simulated(rng, between, within, strata=12, people=15):
    members = np.repeat(np.arange(strata), people)
    outcomes = rng.normal(0, between**0.5, strata)[members] + rng.normal(0, within**0.5, len(members))
    return pd.DataFrame({"batch": members, "grams": outcomes})


@pytest.mark.parametrize("reml", [True, False])
def test_it_is_the_model_of_statsmodels(reml):
    rows = simulated(np.random.default_rng(2), 2, 5).sample(130, random_state=3).assign(age=lambda each: each.index % 7)
    fit = sm.MixedLM(rows.grams, sm.add_constant(rows[["age"]]), groups=rows.batch).fit(reml=reml)
    between = float(fit.cov_re.iloc[0, 0])
    result = partition(rows, adjust_for=["age"], estimation="REML" if reml else "ML")
    assert result.estimate == pytest.approx(100 * between / (between + fit.scale), rel=1e-3)


@given(st.floats(0.01, 100), st.floats(-1000, 1000))
def test_the_share_has_no_unit_and_no_zero_point(factor, shift):
    one, other = partition(DYE), partition(DYE.assign(grams=DYE.grams * factor + shift))
    assert (other.low, other.estimate, other.high) == pytest.approx((one.low, one.estimate, one.high), abs=1e-3)


def test_strata_are_made_of_the_columns_together():
    rows = DYE.assign(first=DYE.batch.map(lambda name: name in "ABC"), second=DYE.batch.map("ABCDEF".index) % 3)
    assert partition(rows, strata=["first", "second"]) == partition(DYE)


def test_adjusting_for_the_strata_leaves_what_is_more_than_their_sum():
    """Strata that differ by sex and class alone, without interaction: adjusting takes nearly all of it away."""
    rng = np.random.default_rng(4)
    rows = pd.DataFrame({"sex": rng.choice(["f", "m"], 3000), "class": rng.choice(["a", "b", "c", "d"], 3000)})
    means = rows.sex.map({"f": 0, "m": 2}) + rows["class"].map({"a": 0, "b": 1, "c": 2, "d": 3})
    rows["grams"] = means + rng.normal(0, 2, 3000)
    null = partition(rows, strata=["sex", "class"])
    adjusted = partition(rows, strata=["sex", "class"], adjust_for=["sex", "class"])
    change = measures.proportional_change_in_variance(null, adjusted)
    assert null.estimate > 25
    assert adjusted.estimate < 1
    assert change.estimate > 95


def test_no_difference_is_a_share_of_zero():
    rows = pd.DataFrame({"batch": [1, 1, 1, 2, 2, 2, 3, 3, 3], "grams": [1, 2, 3] * 3})
    result = partition(rows)
    assert (result.estimate, result.low) == (0, 0)
    assert result.high < 100


def test_the_interval_ends_where_the_likelihood_has_fallen_by_half_a_chi_squared_quantile():
    """The likelihood of 30 correlated normal outcomes written out, at its best of mean and variance for each share."""
    outcomes, batches = DYE.grams.to_numpy(float), DYE.batch.to_numpy()
    same = (batches[:, None] == batches).astype(float)

    def likelihood(share):
        correlation = share * same + (1 - share) * np.eye(30)
        inverse = np.linalg.inv(correlation)
        mean = inverse.sum(axis=0) @ outcomes / inverse.sum()
        variance = (outcomes - mean) @ inverse @ (outcomes - mean) / 30
        return stats.multivariate_normal(np.full(30, mean), variance * correlation).logpdf(outcomes)

    result = partition(DYE, estimation="ML")
    top = likelihood(result.estimate / 100)
    for limit in (result.low, result.high):
        assert 2 * (top - likelihood(limit / 100)) == pytest.approx(stats.chi2.ppf(0.95, 1), abs=1e-6)


def test_profile_intervals_cover_the_truth_as_often_as_they_say():
    """200 seeded samples of 12 strata of 15: within 4 standard errors of 95%, and likelihood's own 1 point."""
    rng, trials = np.random.default_rng(6), 200
    results = [partition(simulated(rng, 1, 3)) for _ in range(trials)]
    covered = np.mean([result.low <= 25 <= result.high for result in results])
    assert abs(covered - 0.95) <= 4 * np.sqrt(0.95 * 0.05 / trials) + 0.01


@given(st.floats(0, 50))
def test_the_logistic_share_sets_the_variance_against_that_of_persons(variance):
    result = measures.logistic_variance_partition(variance)
    assert result.estimate == pytest.approx(100 * variance / (variance + np.pi**2 / 3))
    assert 0 <= result.estimate < 100


def test_the_logistic_share_is_the_published_one():
    """Variances between communities 2.676, 0.556, 1.117 and 0.479 are shares of 44.9, 14.5, 25.3 and 12.7%.

    BMC Public Health 2019, doi 10.1186/s12889-019-7529-z, table 5, which also gives the changes in variance:
    79.2, 58.3 and 82.1%.
    """
    shares = [measures.logistic_variance_partition(each) for each in (2.676, 0.556, 1.117, 0.479)]
    assert [share.estimate for share in shares] == pytest.approx([44.9, 14.5, 25.3, 12.7], abs=0.06)
    changes = [measures.proportional_change_in_variance(shares[0], each).estimate for each in shares[1:]]
    assert changes == pytest.approx([79.2, 58.3, 82.1], abs=0.06)


def test_the_limits_of_the_variance_are_those_of_the_share():
    result = measures.logistic_variance_partition(0.3, low=0.2, high=0.5)
    assert result.low == pytest.approx(measures.logistic_variance_partition(0.2).estimate)
    assert result.high == pytest.approx(measures.logistic_variance_partition(0.5).estimate)


@pytest.mark.parametrize(
    ("change", "options", "words"),
    [
        ({"grams": [None] + [5.0] * 29}, {}, "'grams', row 0: the value is missing"),
        ({"grams": 5.0}, {}, "'grams': everybody has the same value"),
        ({"batch": "A"}, {}, "makes 1 stratum"),
        ({"batch": range(30)}, {}, "every stratum is one person"),
        ({"batch": [None] + ["A"] * 14 + ["B"] * 15}, {}, "'batch', row 0: the stratum is missing"),
        ({}, {"strata": []}, "strata is empty"),
        ({}, {"strata": "batches"}, "did you mean 'batch'"),
        ({}, {"estimation": "reml"}, "estimation is 'reml'"),
        ({}, {"adjust_for": ["batch", "batch"]}, "depend on each other"),
        ({}, {"level": 95}, "level is 95"),
    ],
)
def test_what_cannot_be_partitioned_is_refused(change, options, words):
    with pytest.raises(measures.CourseError, match=words):
        partition(DYE.assign(**change), **options)


def test_variances_that_cannot_be_are_refused():
    with pytest.raises(measures.CourseError, match="variance is -1"):
        measures.logistic_variance_partition(-1)
    with pytest.raises(measures.CourseError, match="does not hold its estimate"):
        measures.logistic_variance_partition(0.3, low=0.4, high=0.5)
    with pytest.raises(measures.CourseError, match="only low was given"):
        measures.logistic_variance_partition(0.3, low=0.2)
    nothing = measures.logistic_variance_partition(0)
    with pytest.raises(measures.CourseError, match="no variance between strata before"):
        measures.proportional_change_in_variance(nothing, nothing)
    with pytest.raises(measures.CourseError, match="holds no variance between strata"):
        measures.proportional_change_in_variance(measures.Result("rate", 1, 0, 2, 0.95, "by hand"), nothing)
