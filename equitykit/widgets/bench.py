"""The measure bench: move the groups' figures, and watch every measure of the gap respond."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.measures.inputs import in_order
from equitykit.widgets.base import Interactive
from equitykit.widgets.bench_inputs import (
    PRESETS,
    axis_of,
    checked_axis,
    checked_figures,
    decimals_of,
    names_of,
    offered,
    one_of,
    points_of,
    tables_of,
)
from equitykit.widgets.bench_sums import DIRECTIONS, MEASURES, average, direction, moved, table_of
from equitykit.widgets.bench_words import NAMES, both, table, words

CONSTRUCTED = {"source": "Constructed figures: no data", "source_url": "", "licence": ""}


class MeasureBench(Interactive):
    """Groups in order, most deprived first, whose figures can be moved, and every measure of the gap between them.

    Parameters
    ----------
    rates : sequence of float, or mapping of str to sequence of float
        The groups' figures, 0 or more, most deprived first; or several tables of them by name (periods).
    name : str
        Stable id in the page.
    people : sequence of float, or mapping of str to sequence of float, optional
        People in each group, in the form of ``rates``; groups of equal size by default.
    groups : sequence of str, optional
        The groups' names; "1, most deprived" to "10, least deprived" by default.
    start, compare : str, optional
        With several tables, the one to start from and the one that the preset "What happened" brings: the first and
        the last by default.
    outcome : str
        What the figures count, a noun phrase: "deaths before 75".
    unit : str
        Their unit: "per 100,000", "years", "%" (differences are then in percentage points).
    noun : str
        What one figure is called: "rate".
    higher_is : {"worse", "better"}
        What a higher figure means for those it is about.
    out_of : float, optional
        What the figures are out of: 100 for percentages.
    opposite : str
        What the preset "reverse" counts: "people who did not die before 75". It needs ``out_of`` as well.
    percent : float
        The size of the presets that change figures by a share of themselves, in percent.
    points : float, optional
        How much "the same number" is; a round number below the smallest figure by default.
    presets : sequence of str
        Which presets there are, in order; ``PRESETS`` by default, less those that these figures do not allow.
    decimals : int, optional
        Of the figures; as many as they have, at most 2, by default.
    axis : (float, float), optional
        The ends of the scale; from 0, unless the figures lie close together.
    note : str
        What a reader needs to know of the figures, shown below them.
    source : mapping, optional
        ``source``, ``source_url``, ``licence``. Without it the figures are said to be constructed.
    label : str
        Accessible name.

    Attributes
    ----------
    preset : str
        The preset that made the present figures, "own" where they were moved by hand, "" at the start.
    rates, people : list of float
        The present figures and people.
    reversed : bool
        Whether success is counted in place of failure, or the other way round.
    predictions : dict
        By ``"table / preset"``, what was predicted: for a measure "wider", "narrower" or "same"; empty where the
        preset was applied without a prediction.

    Raises
    ------
    CourseError
        When figures, people and groups do not fit each other, or a preset cannot be applied to them.

    Notes
    -----
    All measures are those of :mod:`equitykit.measures`; :func:`equitykit.widgets.bench_sums.compute` says which
    conventions. A gap is wider by a measure that lies further from 0 (from 1 for a ratio) than at the start.

    Examples
    --------
    >>> bench = MeasureBench([30.0, 26.0, 22.0, 18.0, 10.0], name="bench", outcome="smokers", unit="%", out_of=100)
    >>> bench.apply("percent")
    >>> bench.measures().loc[[0, 1], ["measure", "start", "now", "gap"]].to_dict("records")[1]
    {'measure': 'Ratio, most ÷ least deprived', 'start': 3.0, 'now': 3.0, 'gap': 'same'}
    """

    module = "bench"
    _made = False  # the traits of a bench that is being made do not follow each other
    _quiet = False  # figures that a preset sets were not moved by hand

    groups = traitlets.List(traitlets.Unicode()).tag(sync=True)
    tables = traitlets.List(traitlets.Dict()).tag(sync=True)
    presets = traitlets.List(traitlets.Dict()).tag(sync=True)
    start = traitlets.Unicode("").tag(sync=True)
    compare = traitlets.Unicode("").tag(sync=True)
    preset = traitlets.Unicode("").tag(sync=True)
    rates = traitlets.List(traitlets.Float()).tag(sync=True)
    people = traitlets.List(traitlets.Float()).tag(sync=True)
    reversed = traitlets.Bool(False).tag(sync=True)
    predictions = traitlets.Dict(
        key_trait=traitlets.Unicode(),
        value_trait=traitlets.Dict(key_trait=traitlets.Enum(MEASURES), value_trait=traitlets.Enum(DIRECTIONS[:3])),
    ).tag(sync=True)
    outcome = traitlets.Unicode("").tag(sync=True)
    opposite = traitlets.Unicode("").tag(sync=True)
    unit = traitlets.Unicode("").tag(sync=True)
    noun = traitlets.Unicode("").tag(sync=True)
    higher_is = traitlets.Enum(("worse", "better"), "worse").tag(sync=True)
    out_of = traitlets.Float(None, allow_none=True).tag(sync=True)
    percent = traitlets.Float(20.0).tag(sync=True)
    points = traitlets.Float(0.0).tag(sync=True)
    decimals = traitlets.Int(0).tag(sync=True)
    axis = traitlets.List(traitlets.Float()).tag(sync=True)
    note = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        rates: Sequence[float] | Mapping[str, Sequence[float]],
        *,
        name: str,
        people: Sequence[float] | Mapping[str, Sequence[float]] | None = None,
        groups: Sequence[str] | None = None,
        start: str | None = None,
        compare: str | None = None,
        outcome: str = "events",
        unit: str = "per 100,000",
        noun: str = "rate",
        higher_is: str = "worse",
        out_of: float | None = None,
        opposite: str = "",
        percent: float = 20,
        points: float | None = None,
        presets: Sequence[str] = PRESETS,
        decimals: int | None = None,
        axis: tuple[float, float] | None = None,
        note: str = "",
        source: Mapping[str, str] | None = None,
        label: str = "Measure bench",
    ) -> None:
        if higher_is not in ("worse", "better"):
            raise CourseError(f"MeasureBench: higher_is is {higher_is!r}; use 'worse' or 'better'.")
        tables = tables_of(rates, people, out_of)
        named = [one["name"] for one in tables]
        figures = [rate for one in tables for rate in one["rates"]]
        count = len(tables[0]["rates"])
        labels = [str(one) for one in groups] if groups is not None else names_of(count)
        if len(labels) != count or len(set(labels)) != count:
            raise CourseError(
                f"MeasureBench: groups takes {count} different names, one for each figure; it has {len(labels)}."
            )
        state: dict[str, Any] = {
            "groups": labels,
            "tables": tables,
            "start": one_of("start", start, named, named[0]),
            "compare": one_of("compare", compare, named, named[-1]),
            "preset": "",
            "reversed": False,
            "predictions": {},
            "outcome": outcome,
            "opposite": opposite,
            "unit": unit,
            "noun": noun,
            "higher_is": higher_is,
            "out_of": None if out_of is None else float(out_of),
            "percent": float(percent),
            "points": points_of(points, figures, higher_is, out_of),
            "decimals": decimals_of(figures) if decimals is None else decimals,
            "axis": [float(one) for one in axis] if axis else axis_of(figures, out_of),
            "note": note,
            "source": dict(CONSTRUCTED if source is None else source),
        }
        first = table_of(state, state["start"])
        state |= {"rates": list(first["rates"]), "people": list(first["people"])}
        checked_axis(state["axis"], figures)
        state["presets"] = offered(state, presets)
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)
        self._made = True

    @classmethod
    def from_table(
        cls,
        df: pd.DataFrame,
        *,
        name: str,
        group: str,
        value: str,
        population: str | None = None,
        period: str | None = None,
        **options: Any,
    ) -> MeasureBench:
        """Make a bench of a dataset's figures.

        Parameters
        ----------
        df : pandas.DataFrame
            One row a group, or a group and period, most deprived first; ``df.attrs["dataset"]`` names the source.
        name : str
            Stable id in the page.
        group, value : str
            The columns of the groups' places (1 = most deprived) and of the figures.
        population : str, optional
            The column of people; groups of equal size by default.
        period : str, optional
            The column that names several tables.
        **options
            All other arguments of :class:`MeasureBench`.

        Raises
        ------
        CourseError
            When a column is not there, a group is missing or out of order, or the table does not name its source.
        """
        wanted = [column for column in (group, value, population, period) if column is not None]
        absent = [column for column in wanted if column not in df.columns]
        if absent:
            raise CourseError(
                f"MeasureBench: the table has no column {absent[0]!r}; it has {', '.join(map(str, df.columns))}."
            )
        parts = (
            {"": df}
            if period is None
            else {str(key): part for key, part in df.groupby(period, sort=False, observed=True)}
        )
        for part in parts.values():
            in_order(part, group)
        if "source" not in options:
            facts = df.attrs.get("dataset", {})
            if not facts.get("source"):
                raise CourseError(
                    "MeasureBench: the table does not say its source; load it with equitykit.data, or pass source."
                )
            options["source"] = {
                key: str(facts.get(key, "")) for key in ("source", "source_url", "licence", "geography")
            }
        people = None if population is None else {key: part[population].tolist() for key, part in parts.items()}
        return cls({key: part[value].tolist() for key, part in parts.items()}, name=name, people=people, **options)

    def apply(self, preset: str) -> None:
        """Apply a preset to the starting table; "" goes back to the start.

        Parameters
        ----------
        preset : str
            One of the ids in ``presets``.
        """
        self.preset = preset

    def measures(self) -> pd.DataFrame:
        """Return every measure at the start and now: measure, start, now, gap ("wider", "narrower", "same", "none")."""
        state = self.state()
        start, now, mean = both(state)
        return pd.DataFrame(
            [
                {
                    "measure": NAMES[one],
                    "start": start[one],
                    "now": now[one],
                    "gap": direction(one, start[one], now[one], mean),
                }
                for one in MEASURES
            ]
        )

    @property
    def average(self) -> float:
        """The average of the present figures, weighted by people."""
        return average(self.rates, self.people)

    @traitlets.observe("start", "preset", "rates", "people", "reversed")
    def _retell(self, change: Any) -> None:
        """Keep figures, words and table true when the state is set from Python."""
        if not self._made:
            return
        with self.hold_sync():
            self._settle(change["name"])
            state = self.state()
            self.words, self.table = words(state), table(state)

    def _settle(self, changed: str) -> None:
        """Make the other traits follow the one that was set."""
        state = self.state()
        first = table_of(state, self.start)
        if changed == "start" and self.preset:
            self.preset = ""
        elif changed in ("start", "preset") and self.preset != "own":
            held = table_of(state, self.compare) if self.preset == "compare" else first
            after = moved(state, self.preset) if self.preset else list(first["rates"])
            self.set_trait("reversed", self.preset == "reverse")
            self.people = list(held["people"])
            self._quietly(after)
        elif changed == "rates" and not self._quiet:
            self.preset = "own"

    def _quietly(self, rates: list[float]) -> None:
        """Set figures that a preset made: they were not moved by hand."""
        self._quiet = True
        try:
            self.rates = rates
        finally:
            self._quiet = False

    @traitlets.validate("start")
    def _start_exists(self, proposal: dict[str, Any]) -> str:
        known = [one["name"] for one in self.tables] or [proposal["value"]]
        return one_of("start", proposal["value"], known)

    @traitlets.validate("preset")
    def _preset_exists(self, proposal: dict[str, Any]) -> str:
        if not self.presets:
            return str(proposal["value"])
        return one_of("preset", proposal["value"], ["", "own", *(one["id"] for one in self.presets)])

    @traitlets.validate("rates")
    def _rates_fit(self, proposal: dict[str, Any]) -> list[float]:
        rates = [float(one) for one in proposal["value"]]
        if self.tables and len(rates) != len(self.tables[0]["rates"]):
            raise CourseError(
                f"MeasureBench: rates has {len(rates)} figures; it takes {len(self.groups)}, one for each group."
            )
        checked_figures("", rates, self.out_of)
        return rates
