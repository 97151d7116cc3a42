"""The XmR chart: which figures of a series are usual variation, and which are a signal that something changed.

The limits are Wheeler's natural process limits; the four rules are those of NHS England's Making Data Count.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from equitykit.errors import CourseError
from equitykit.measures.inputs import column, numbers
from equitykit.measures.result import decimals, number

LIMIT = 2.66
"""Natural process limits lie this many mean moving ranges from the centre line: 3 over d2 = 1.128 for pairs."""

RANGE_LIMIT = 3.27
"""The upper limit of the moving ranges, in mean moving ranges: D4 for pairs."""

NEAR = 2 / 3
"""A figure is near a limit where it lies beyond this part of the way from the centre line to the limit."""

FEWEST = 5
"""Below this many figures in a row there are no limits: Wheeler calls limits from five or six useful, not fewer."""

SET = 12
"""Below this many figures limits are trial limits, which each new figure may move."""

RUN = 7
TREND = 7

RULES = ("outside", "run", "trend", "two of three")


@dataclass(frozen=True)
class Point:
    """One period of a series: its figure, the step to it from the one before, and the rules that it takes part in.

    Attributes
    ----------
    period : str
        The period, as it reads.
    value : float
        The figure; NaN where it is missing.
    moving_range : float
        How far it lies from the figure before it; NaN at the start of a phase and after a missing figure.
    phase : int
        The phase it belongs to, from 0.
    signals : tuple of str
        The rules that it takes part in.
    """

    period: str
    value: float
    moving_range: float
    phase: int
    signals: tuple[str, ...]


@dataclass(frozen=True)
class Phase:
    """A stretch of a series with limits of its own.

    Attributes
    ----------
    first, last : str
        Its first and last period.
    kind : {"start", "step", "break"}
        Why it begins: the series begins, somebody changed the process, or the figures stop being comparable.
    reason : str
        What was changed; empty at the start of the series.
    count : int
        How many figures its limits are computed from.
    figures : int
        How many figures it holds.
    mean, mean_moving_range : float
        Centre line, and the mean of the moving ranges.
    low, high : float
        Natural process limits; NaN where there are too few figures.
    range_limit : float
        The upper limit of the moving ranges.
    status : {"none", "trial", "set"}
        Whether there are limits, and how far they can be relied on.
    """

    first: str
    last: str
    kind: str
    reason: str
    count: int
    figures: int
    mean: float
    mean_moving_range: float
    low: float
    high: float
    range_limit: float
    status: str


@dataclass(frozen=True)
class Signal:
    """Figures that usual variation hardly makes.

    Attributes
    ----------
    rule : {"outside", "run", "trend", "two of three"}
        The rule that they meet.
    side : {"above", "below", "rising", "falling"}
        On which side of the centre line they lie, or which way they go.
    periods : tuple of str
        Their periods.
    phase : int
        The phase they belong to.
    """

    rule: str
    side: str
    periods: tuple[str, ...]
    phase: int

    def __str__(self) -> str:
        """The signal in words."""
        first, last, many = self.periods[0], self.periods[-1], len(self.periods)
        which = ", ".join(self.periods) if many <= 3 else f"{many} figures from {first} to {last}"
        if self.rule == "outside":
            return f"{which} {self.side} the limits"
        if self.rule == "run":
            return f"{many} in a row {self.side} the centre line, {first} to {last}"
        if self.rule == "trend":
            return f"{many} in a row {self.side}, {first} to {last}"
        return f"two of three near the {'upper' if self.side == 'above' else 'lower'} limit, {which}"


@dataclass(frozen=True, repr=False)
class ControlChart:
    """A series, its limits, and the signals in it.

    Attributes
    ----------
    points : tuple of Point
        One for each period, in order.
    phases : tuple of Phase
        The stretches with limits of their own, in order.
    signals : tuple of Signal
        What the rules find, phase by phase.
    method : str
        How limits and signals were made.
    """

    points: tuple[Point, ...]
    phases: tuple[Phase, ...]
    signals: tuple[Signal, ...]
    method: str

    def frame(self) -> pd.DataFrame:
        """The chart as a tidy table, one row a period."""
        return pd.DataFrame(
            {
                "period": [point.period for point in self.points],
                "value": [point.value for point in self.points],
                "moving_range": [point.moving_range for point in self.points],
                "phase": [point.phase + 1 for point in self.points],
                "mean": [self.phases[point.phase].mean for point in self.points],
                "low": [self.phases[point.phase].low for point in self.points],
                "high": [self.phases[point.phase].high for point in self.points],
                "signals": ["; ".join(point.signals) for point in self.points],
            }
        )

    def __str__(self) -> str:
        """A sentence for each phase, then the signals."""
        lines = [_phase_in_words(phase) for phase in self.phases]
        found = "; ".join(str(signal) for signal in self.signals)
        return " ".join(lines) + (f" Signals: {found}." if found else " No signals.")

    def __repr__(self) -> str:
        return f"<XmR chart: {len(self.points)} periods, {len(self.phases)} phases, {len(self.signals)} signals>"


def control_chart(
    data: pd.DataFrame,
    value: str,
    *,
    period: str | None = None,
    baseline: int | None = None,
    steps: Mapping[str, str] | None = None,
    breaks: Mapping[str, str] | None = None,
    run: int = RUN,
    trend: int = TREND,
) -> ControlChart:
    """Draw up the XmR chart of a series: centre line, natural process limits, and signals of change.

    Parameters
    ----------
    data : pandas.DataFrame
        One row a period, in order of time.
    value : str
        The column of figures. A missing one stays a gap: no moving range crosses it, no run and no trend.
    period : str, optional
        The column of periods; they are numbered from 1 without it.
    baseline : int, optional
        Compute the limits of each phase from its first so many figures; from all of them by default.
    steps : mapping of str to str, optional
        Periods from which on limits are computed anew, each with what was changed then.
    breaks : mapping of str to str, optional
        Periods from which on the figures cannot be compared with those before, each with the reason.
    run : int
        How many figures in a row on one side of the centre line are a signal.
    trend : int
        How many figures in a row, each above (or each below) the one before, are a signal.

    Returns
    -------
    ControlChart
        Points, phases and signals.

    Raises
    ------
    CourseError
        For periods that come twice, a step or a break without a reason or at a period that is not there, and figures
        that are no numbers.

    Notes
    -----
    Limits are the mean plus and minus 2.66 mean moving ranges, of every figure: outlying moving ranges are not left
    out. Wheeler, *Understanding Variation* (SPC Press), p. 60, as quoted at xmrit.com; NHS-R's package
    NHSRplotthedots, which follows the Making Data Count tool of NHS England (vignette "Deviations from Excel
    defaults"). A signal is

    - *outside*: a figure beyond a limit;
    - *run*: seven or more figures in a row on one side of the centre line (Wheeler: eight);
    - *trend*: seven or more figures in a row, each above or each below the one before;
    - *two of three*: of three figures in a row on one side of the centre line, two that lie beyond two thirds of the
      way to the limit (NHSRplotthedots, issue 194). Where these lie outside the limits anyway, it is not said twice.

    The Making Data Count tool lets its users choose six or seven for run and trend (NHSRplotthedots, issue 202).

    Examples
    --------
    The worked example of Wheeler's that xmrit.com prints, "How to Plot an XmR Chart":

    >>> inventory = [19, 27, 20, 16, 18, 25, 22, 24, 17, 25, 15, 17, 20, 22, 19, 16, 22, 19, 25, 22, 18, 20, 16, 17,
    ...              20, 15, 27, 25, 17, 19, 28]
    >>> print(control_chart(pd.DataFrame({"inventory": inventory}), "inventory"))
    1 to 31: centre 20.4, limits 7.89 to 32.9. No signals.
    """
    values = numbers(data, value, "value", missing=math.nan)
    labels = [str(place + 1) for place in range(len(values))] if period is None else _labels(data, period)
    return chart_of(
        labels, [float(one) for one in values], baseline=baseline, steps=steps, breaks=breaks, run=run, trend=trend
    )


def chart_of(
    periods: Sequence[str],
    values: Sequence[float],
    *,
    baseline: int | None = None,
    steps: Mapping[str, str] | None = None,
    breaks: Mapping[str, str] | None = None,
    run: int = RUN,
    trend: int = TREND,
) -> ControlChart:
    """Draw up the XmR chart of plain lists: see :func:`control_chart`. A missing figure is NaN."""
    for name, least, given in (("run", 3, run), ("trend", 3, trend), ("baseline", FEWEST, baseline)):
        if given is not None and (isinstance(given, bool) or not isinstance(given, int) or given < least):
            raise CourseError(f"{name} is {given!r}: it must be a whole number of {least} or more")
    twice = [one for place, one in enumerate(periods) if one in periods[:place]]
    if twice:
        raise CourseError(
            f"the period {twice[0]!r} comes twice: give every figure a period of its own, such as '{twice[0]} (2)'"
        )
    starts = _starts(periods, steps or {}, breaks or {})
    points: list[Point] = []
    phases: list[Phase] = []
    signals: list[Signal] = []
    for place, (at, kind, reason) in enumerate(starts):
        until = starts[place + 1][0] if place + 1 < len(starts) else len(periods)
        names, held = list(periods[at:until]), list(values[at:until])
        ranges = moving_ranges(held)
        phase = _phase(names, held, ranges, kind, reason, baseline)
        flags = _signals(held, phase, run, trend)
        phases.append(phase)
        signals += [Signal(rule, side, tuple(names[one] for one in where), place) for rule, side, where in flags]
        points += [
            Point(
                name,
                held[one],
                ranges[one],
                place,
                tuple(r for r in RULES if any(r == f[0] and one in f[2] for f in flags)),
            )
            for one, name in enumerate(names)
        ]
    method = (
        f"XmR chart: mean ± {LIMIT} × mean moving range"
        + (f" of the first {baseline} figures of each phase" if baseline else "")
        + f"; rules: outside the limits, {run} in a row on one side, {trend} in a row rising or falling, "
        + "two of three near a limit"
    )
    return ControlChart(tuple(points), tuple(phases), tuple(signals), method)


def moving_ranges(values: Sequence[float]) -> list[float]:
    """How far each figure lies from the one before it; NaN for the first and around a missing one."""
    return [math.nan, *(abs(now - before) for before, now in pairwise(values))][: len(values)]


def _labels(data: pd.DataFrame, period: str) -> list[str]:
    """The periods as they read: whole numbers without a decimal point, days without the time."""
    made = []
    for one in column(data, period, "period"):
        if pd.isna(one):
            raise CourseError(f"column {period!r}: a period is missing; every figure needs one")
        if isinstance(one, float | np.floating) and one == int(one):
            made.append(str(int(one)))
        elif isinstance(one, pd.Timestamp):
            made.append(str(one.date()))
        else:
            made.append(str(one))
    return made


def _starts(periods: Sequence[str], steps: Mapping[str, str], breaks: Mapping[str, str]) -> list[tuple[int, str, str]]:
    """Where phases begin: place, kind and reason. A break at the place of a step is a break."""
    found = {0: ("start", "")}
    for kind, given in (("step", steps), ("break", breaks)):
        for at, reason in given.items():
            if str(at) not in periods:
                raise CourseError(
                    f"there is no period {str(at)!r} for a {kind}; the series runs {periods[0]} to {periods[-1]}"
                )
            if not str(reason).strip():
                raise CourseError(f"the {kind} at {at} has no reason: say what was changed, or leave it out")
            if (place := list(periods).index(str(at))) > 0:
                found[place] = (kind, str(reason).strip())
    return [(place, *found[place]) for place in sorted(found)]


def _phase(
    names: Sequence[str],
    values: Sequence[float],
    ranges: Sequence[float],
    kind: str,
    reason: str,
    baseline: int | None,
) -> Phase:
    held = [place for place, one in enumerate(values) if not math.isnan(one)]
    used = held[:baseline]
    last = used[-1] if used else -1
    steps = [one for one in ranges[: last + 1] if not math.isnan(one)]
    mean = math.fsum(values[place] for place in used) / len(used) if used else math.nan
    enough = len(steps) >= FEWEST - 1
    spread = math.fsum(steps) / len(steps) if enough else math.nan
    return Phase(
        first=names[0],
        last=names[-1],
        kind=kind,
        reason=reason,
        count=len(used),
        figures=len(held),
        mean=mean,
        mean_moving_range=spread,
        low=mean - LIMIT * spread,
        high=mean + LIMIT * spread,
        range_limit=RANGE_LIMIT * spread,
        status="none" if not enough else "trial" if len(used) < SET else "set",
    )


def _signals(values: Sequence[float], phase: Phase, run: int, trend: int) -> list[tuple[str, str, tuple[int, ...]]]:
    """What the four rules find in a phase: rule, side and places."""
    if phase.status == "none":
        return []
    grain = 1e-10 * max(abs(one) for one in values if not math.isnan(one))
    reach = phase.high - phase.mean

    def beyond(one: float, part: float) -> int:
        """+1 above, −1 below, 0 within this part of the way to the limits, or missing."""
        away = one - phase.mean
        return 0 if math.isnan(one) or abs(away) <= part * reach + grain else (1 if away > 0 else -1)

    side = [beyond(one, 0) for one in values]
    near = [beyond(one, NEAR) for one in values]
    out = [beyond(one, 1) for one in values]
    way = [0] + [
        0 if math.isnan(after - before) or abs(after - before) <= grain else (1 if after > before else -1)
        for before, after in pairwise(values)
    ]
    found = [
        ("outside", _named(sign), where)
        for sign in (1, -1)
        if (where := tuple(place for place, one in enumerate(out) if one == sign))
    ]
    found += [("run", _named(sign), where) for sign, where in _stretches(side) if len(where) >= run]
    found += [
        ("trend", "rising" if sign > 0 else "falling", (where[0] - 1, *where))
        for sign, where in _stretches(way)
        if len(where) >= trend - 1
    ]
    for sign, where in _stretches(side):
        close: set[int] = set()
        for place in where[:-2]:
            pair = [one for one in (place, place + 1, place + 2) if near[one]]
            close |= set(pair) if len(pair) >= 2 else set()
        if close and not all(out[one] for one in close):
            found.append(("two of three", _named(sign), tuple(sorted(close))))
    return found


def _stretches(signs: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    """Stretches of one sign that is not 0: the sign and the places."""
    found: list[tuple[int, tuple[int, ...]]] = []
    for place, sign in enumerate(signs):
        if not sign:
            continue
        if found and found[-1][0] == sign and found[-1][1][-1] == place - 1:
            found[-1] = (sign, (*found[-1][1], place))
        else:
            found.append((sign, (place,)))
    return found


def _named(sign: int) -> str:
    return "above" if sign > 0 else "below"


def _phase_in_words(phase: Phase) -> str:
    head = f"{phase.first} to {phase.last}"
    if phase.kind != "start":
        head += f" ({phase.kind}: {phase.reason})"
    if phase.status == "none":
        return f"{head}: too few figures for limits ({phase.figures}; it takes {FEWEST} in a row)."
    shown = [number(one, decimals(one)) for one in (phase.mean, phase.low, phase.high)]
    trial = f", trial limits from {phase.count} figures" if phase.status == "trial" else ""
    return f"{head}: centre {shown[0]}, limits {shown[1]} to {shown[2]}{trial}."
