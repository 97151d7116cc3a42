"""What every measure answers with: an estimate, its interval, and what both were computed from."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, repr=False)
class Result:
    """An estimate with its interval, the method behind it and the figures it was computed from.

    Attributes
    ----------
    measure : str
        What was measured, in words: ``"crude rate"``.
    estimate : float
        The estimate, in ``unit``. NaN where it must not be reported: ``method`` then says why.
    low, high : float
        The limits of the interval, in ``unit``. NaN where the data give no interval: ``method`` then says why.
    level : float
        The level of the interval, between 0 and 1: 0.95 for a 95% interval.
    method : str
        How the interval was made.
    unit : str
        The unit of the estimate, as it reads after the number: ``"per 100,000"``; empty for a pure number.
    computed_from : Mapping
        The figures behind the estimate, by name; it cannot be changed.
    """

    measure: str
    estimate: float
    low: float
    high: float
    level: float
    method: str
    unit: str = ""
    computed_from: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for name in ("estimate", "low", "high", "level"):
            object.__setattr__(self, name, float(getattr(self, name)))
        object.__setattr__(self, "computed_from", MappingProxyType(dict(self.computed_from)))

    @property
    def reported(self) -> bool:
        """Whether there is an estimate to report."""
        return not math.isnan(self.estimate)

    def row(self) -> dict[str, Any]:
        """The result as one row of a tidy table: measure, estimate, low, high, level, unit, method."""
        return {
            "measure": self.measure,
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "level": self.level,
            "unit": self.unit,
            "method": self.method,
        }

    def __str__(self) -> str:
        """One sentence with the estimate, the interval, the method and what they were computed from."""
        basis = ", ".join(f"{name} {_plain(value)}" for name, value in self.computed_from.items())
        return f"{self._headline()}; {self.method}" + (f"; from {basis}" if basis else "") + "."

    def __repr__(self) -> str:
        return f"<{self._headline()}>"

    def _headline(self) -> str:
        name = self.measure[0].upper() + self.measure[1:]
        if not self.reported:
            return f"{name}: not reported"
        places = decimals(self.estimate if abs(self.estimate) >= 1e-12 else self.high)
        unit = self.unit if self.unit in ("", "%") else f" {self.unit}"
        if math.isnan(self.low) or math.isnan(self.high):
            return f"{name}: {number(self.estimate, places)}{unit} (no interval)"
        limits = f"{number(self.low, places)} to {number(self.high, places)}"
        return f"{name}: {number(self.estimate, places)}{unit} ({self.level * 100:g}% interval {limits})"


def decimals(value: float) -> int:
    """How many decimals show three significant figures of a value, and no fewer than none."""
    if not math.isfinite(value) or abs(value) < 1e-12:
        return 2
    return max(0, 2 - math.floor(math.log10(abs(value))))


def number(value: float, places: int) -> str:
    """A number as it is printed: thousands separated, so many decimals, a true minus sign, no minus zero."""
    if math.isinf(value):
        return "infinity" if value > 0 else "minus infinity"
    text = f"{value:,.{places}f}"
    if text.startswith("-"):
        text = text[1:] if not text.strip("-0.,") else f"−{text[1:]}"
    return text


def _plain(value: Any) -> str:
    if isinstance(value, float) and not isinstance(value, bool):
        return number(value, 0) if value == int(value) and abs(value) < 1e15 else number(value, decimals(value))
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value, 0)
    return str(value)
