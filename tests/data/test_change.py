"""The figures of module 12: as published or as generated, and in agreement with each other."""

import numpy as np
import pandas as pd
import pytest

from equitykit import data
from equitykit.data import monthly
from equitykit.errors import CourseError


def value(frame, column="value", **wanted):
    for name, want in wanted.items():
        frame = frame[frame[name] == want]
    assert len(frame) == 1
    return float(frame[column].iloc[0])


# --- the synthetic monthly indicator ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def months():
    return data.load("synthetic-monthly-indicator")


@pytest.fixture(scope="module")
def repeats():
    """Many tables, as if the same four years were lived again and again."""
    return [monthly.generate(seed) for seed in range(1, 201)]


def share(table, unit, first=1, last=monthly.MONTHS):
    rows = table[(table["unit"] == unit) & table["month_number"].between(first, last)]
    return 100 * float(rows["in_time"].sum() / rows["cases"].sum())


def signals(percent, baseline=monthly.CHANGE_MONTH - 1):
    """Points outside the limits of an XmR chart, and the longest run on one side of its centre."""
    base = percent[:baseline]
    centre, reach = base.mean(), 2.66 * np.abs(np.diff(base)).mean()
    longest = run = 0
    side = 0.0
    for now in np.sign(percent - centre):
        run = run + 1 if now == side else 1
        side = now
        longest = max(longest, run)
    return int((np.abs(percent - centre) > reach).sum()), longest


def test_the_committed_table_is_what_the_generator_gives(months):
    pd.testing.assert_frame_equal(monthly.generate(), months)
    assert monthly.generate().attrs == months.attrs


def test_it_says_that_it_is_synthetic(months):
    facts = months.attrs["dataset"]
    assert facts["synthetic"] is True
    assert "synthetic" in facts["name"]
    assert "SYNTHETIC" in facts["source"]
    assert "Synthetic" in facts["title"]
    assert "No such units exist" in data.card("synthetic-monthly-indicator")


def test_every_unit_has_every_month_and_a_percentage_that_is_its_cases(months):
    assert (months.groupby("unit")["month_number"].nunique() == monthly.MONTHS).all()
    assert list(months["unit"].unique()) == list(monthly.TRUTH)
    assert (months["in_time"] <= months["cases"]).all()
    assert ((100 * months["in_time"] / months["cases"] - months["percent"]).abs() <= 0.0501).all()


def test_another_seed_gives_another_table_and_the_same_seed_the_same():
    pd.testing.assert_frame_equal(monthly.generate(7), monthly.generate(7))
    assert not monthly.generate(7).equals(monthly.generate(8))


def test_the_true_chance_is_noise_step_and_drift():
    at = pd.DataFrame({"unit": ["Unit A", "Unit B", "Unit B", "Unit C", "Unit C"], "month_number": [30, 24, 25, 1, 48]})
    assert list(monthly.chance(at)) == [0.62, 0.55, 0.74, 0.72, 0.50]


def test_over_many_repeats_the_shares_are_the_true_chances(repeats):
    together = pd.concat(repeats)
    # Naming the worst of the units alike after the fact moves their shares, so only A to C are compared.
    for unit in ("Unit A", "Unit B", "Unit C"):
        for first, last in ((1, 24), (25, 48)):
            rows = together[(together["unit"] == unit) & together["month_number"].between(first, last)]
            expected = float(monthly.chance(rows).mean()) * 100
            assert share(together, unit, first, last) == pytest.approx(expected, abs=0.4)


@pytest.mark.parametrize("unit", ["Unit A", "Unit D"])
def test_in_the_table_a_chart_of_noise_shows_no_signal(months, unit):
    outside, run = signals(months[months["unit"] == unit]["percent"].to_numpy(float))
    assert outside == 0
    assert run < 8


@pytest.mark.parametrize("unit", ["Unit B", "Unit C"])
def test_in_the_table_a_chart_of_change_shows_signals(months, unit):
    outside, run = signals(months[months["unit"] == unit]["percent"].to_numpy(float))
    assert outside > 0
    assert run >= 8


def test_the_picked_unit_was_the_worst_of_those_alike(months):
    watched = {unit: share(months, unit, *monthly.WATCHED) for unit in monthly.ALIKE}
    assert min(watched, key=watched.get) == monthly.PICKED


@pytest.mark.parametrize(
    ("unit", "first", "last", "percent"),
    [
        ("Unit A", 1, 24, 60.4),
        ("Unit A", 25, 48, 60.5),
        ("Unit B", 1, 24, 55.0),
        ("Unit B", 25, 48, 71.0),
        ("Unit C", 1, 24, 66.6),
        ("Unit C", 25, 48, 56.3),
        ("Unit D", 19, 24, 54.0),
        ("Unit D", 25, 30, 64.9),
    ],
)
def test_the_card_s_shares_are_the_table_s(months, unit, first, last, percent):
    assert round(share(months, unit, first, last), 1) == percent


def test_the_worst_gets_better_though_nothing_was_done(repeats):
    gains = [share(table, monthly.PICKED, 25, 30) - share(table, monthly.PICKED, *monthly.WATCHED) for table in repeats]
    assert np.mean(np.array(gains) > 0) > 0.75
    assert np.mean(gains) > 3


def test_a_table_without_units_or_with_unknown_ones_is_refused():
    with pytest.raises(CourseError, match="month_number"):
        monthly.chance(pd.DataFrame({"unit": ["Unit A"]}))
    with pytest.raises(CourseError, match="Unit Z"):
        monthly.chance(pd.DataFrame({"unit": ["Unit Z"], "month_number": [1]}))
