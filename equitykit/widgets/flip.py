"""Flip the reference: the same figures told as a disadvantage and as an advantage, and who is the norm in each."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import traitlets

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive
from equitykit.widgets.flip_words import SIDES, frame_of, group_of, series_of, side, table, words

PREDICTIONS = ("same", "smaller", "larger", "shown")
UNNAMED = "whoever decides how this is shared out, whom no sentence of this form names"
_OWN = ("outcome", "unit", "higher_is", "comparatives", "decimals", "note")
_KINDS = ("population", "target")


class FlipReference(Interactive):
    """One set of figures and every sentence that a choice of reference writes from it.

    Parameters
    ----------
    df : pandas.DataFrame
        One row a group, or a group and series, in the order to show. ``df.attrs["dataset"]`` names the source.
    group, value : str
        The columns of groups and of figures above 0 (missing is allowed and said).
    low, high : str, optional
        The columns of an interval's ends; both or neither. A row may lack them.
    higher_is : {"worse", "better"}
        What a higher figure means for those it is about.
    unit : str
        The figures' unit: "patients", "GPs"; "%" (differences are then in percentage points) or "£".
    outcome : str
        A noun phrase without an article that follows "have": "patients per GP", "award rate".
    name : str
        Stable id in the page.
    comparatives : (str, str)
        ``("more", "fewer")`` for what is counted: "have 15% more patients per GP than". Otherwise "have an award
        rate 37% lower than".
    labels : mapping of str to str, optional
        For a group, a plural noun phrase that can be the subject of "have": ``{"White": "White applicants"}``.
    series : str, optional
        A column that names several series, shown one at a time (before and after weighting for need).
    series_texts : mapping, optional
        For a series, what differs from the arguments: any of ``outcome``, ``unit``, ``higher_is``,
        ``comparatives``, ``decimals``, ``note``.
    frames : sequence of mapping, optional
        References that are no group: ``label`` (as it reads after "than"), ``kind`` ("population" or "target"),
        ``value`` (one for all) or ``values`` (for each group its own), and ``series`` where it holds for one alone.
    start : str, optional
        The series shown first; the first by default.
    reference, focus : str, optional
        The norm and the subject at first: the last and the first group with a figure by default. The reference may
        be the label of a frame.
    scale : {"ratio", "difference"}
        How a comparison is told at first.
    decimals : int, optional
        Of the figures; as many as they have, at most 2, by default.
    note : str
        What a reader needs to know of the figures, shown below them.
    unnamed : str
        Who is behind the figures and in no sentence about them, a noun phrase.
    source : mapping, optional
        ``source``, ``source_url``, ``licence``, where the table does not carry them.
    label : str
        Accessible name.

    Attributes
    ----------
    framing : {"disadvantage", "advantage", "level"}
        How the sentence tells its subject. Setting the other one flips subject and reference, where both are groups.
    predictions : dict of str to str
        By ``"series / scale / subject / reference"`` after a flip: "same", "smaller", "larger", or "shown" without
        a prediction.

    Raises
    ------
    CourseError
        When the table lacks something or contradicts itself, naming what and where.

    Examples
    --------
    Patients per GP, with everybody's list as a reference that is no group:

    >>> from equitykit import data
    >>> supply = data.load("gp-supply-by-deprivation")
    >>> lists = supply.query("measure == 'registered patients per GP' and period == '2024' and group_order.notna()")
    >>> made = FlipReference(
    ...     lists, group="group", value="value", higher_is="worse", unit="patients", outcome="patients per GP",
    ...     comparatives=("more", "fewer"), name="flip-gps",
    ...     labels={
    ...         "most income deprivation": "the most deprived practices",
    ...         "least income deprivation": "the least deprived practices",
    ...     },
    ... )
    >>> made.words.split("percentage: ")[1].split(" Subject")[0]
    'The most deprived practices have 15% more patients per GP than the least deprived practices: a disadvantage.'

    Award rates, one series a role:

    >>> awards = data.load("research-funding-awards")
    >>> rates = awards.query("funder == 'UKRI' and measure == 'award rate' and period == '2018/19'")
    >>> made = FlipReference(
    ...     rates, group="group", value="value", higher_is="better", unit="%", outcome="award rate", series="role",
    ...     labels={"White": "White applicants", "ethnic minority": "ethnic minority applicants"},
    ...     reference="White", focus="ethnic minority", name="flip-awards",
    ... )
    >>> made.words.split("percentage: ")[1].split(" Subject")[0]
    'Ethnic minority applicants have an award rate 37% lower than White applicants: a disadvantage.'
    """

    module = "flip"

    series = traitlets.Unicode("").tag(sync=True)
    reference = traitlets.Unicode("").tag(sync=True)
    focus = traitlets.Unicode("").tag(sync=True)
    scale = traitlets.Enum(("ratio", "difference"), "ratio").tag(sync=True)
    framing = traitlets.Enum(SIDES, "level").tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Enum(PREDICTIONS)).tag(sync=True)
    figures = traitlets.List(traitlets.Dict()).tag(sync=True)
    frames = traitlets.List(traitlets.Dict()).tag(sync=True)
    unnamed = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        df: pd.DataFrame,
        *,
        group: str,
        value: str,
        higher_is: str,
        unit: str,
        outcome: str,
        low: str | None = None,
        high: str | None = None,
        name: str = "flip-reference",
        comparatives: tuple[str, str] = ("higher", "lower"),
        labels: Mapping[str, str] | None = None,
        series: str | None = None,
        series_texts: Mapping[str, Mapping[str, Any]] | None = None,
        frames: Sequence[Mapping[str, Any]] = (),
        start: str | None = None,
        reference: str | None = None,
        focus: str | None = None,
        scale: str = "ratio",
        decimals: int | None = None,
        note: str = "",
        unnamed: str = UNNAMED,
        source: Mapping[str, str] | None = None,
        label: str = "Flip the reference",
    ) -> None:
        if (low is None) != (high is None):
            raise CourseError("FlipReference: an interval has two ends; name the columns of both low and high.")
        wanted = [column for column in (group, value, low, high, series) if column is not None]
        missing = [column for column in wanted if column not in df.columns]
        if missing:
            raise CourseError(
                f"FlipReference: the table has no column {_listed(missing)}; it has {_listed(df.columns)}."
            )
        texts = {
            "outcome": outcome,
            "unit": unit,
            "higher_is": higher_is,
            "comparatives": list(comparatives),
            "decimals": decimals,
            "note": note,
        }
        figures = _figures(df, (group, value, low, high, series), texts, series_texts or {}, labels or {})
        state: dict[str, Any] = {
            "figures": figures,
            "series": _one_of("series", start, [one["name"] for one in figures]),
            "frames": [_frame(one, figures) for one in frames],
            "unnamed": unnamed,
            "source": _source(df, source),
            "scale": scale,
        }
        known = _groups(state)
        state["focus"] = _one_of("focus", focus, known, default=next(one for one in known if one != reference))
        rest = [one for one in known if one != state["focus"]]
        state["reference"] = _one_of("reference", reference, [*rest, *_frames(state)], default=rest[-1])
        state["framing"] = side(state, state["focus"])
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.observe("series", "reference", "focus", "scale", "framing")
    def _retell(self, change: Any) -> None:
        """Keep sentence, words and table true when the state is set from Python, whether or not a page shows it."""
        if not self.figures:
            return
        state = self.state()
        told = side(state, self.focus)
        turned = change["name"] == "framing" and change["new"] != told and told != "level" != change["new"]
        if turned and group_of(state, self.reference):
            with self.hold_sync(), self.hold_trait_notifications():
                self.focus, self.reference = self.reference, self.focus
            return
        settled = self._settled(state)
        if settled != (self.focus, self.reference):
            with self.hold_sync(), self.hold_trait_notifications():
                self.focus, self.reference = settled
            return
        self.framing = told
        state = self.state()
        self.words, self.table = words(state), table(state)

    def _settled(self, state: dict[str, Any]) -> tuple[str, str]:
        """Return subject and reference as the series has them: two that can be compared."""
        known = _groups(state)
        focus = self.focus if self.focus in known else next(one for one in known if one != self.reference)
        rest = [one for one in known if one != focus]
        reference = self.reference if self.reference in [*rest, *_frames(state)] else rest[-1]
        return focus, reference

    @traitlets.validate("series")
    def _series_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("series", proposal["value"], [one["name"] for one in self.figures])

    @traitlets.validate("focus")
    def _focus_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("focus", proposal["value"], _anywhere(self.figures))

    @traitlets.validate("reference")
    def _reference_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of(
            "reference", proposal["value"], [*_anywhere(self.figures), *(one["label"] for one in self.frames)]
        )


def _groups(state: Mapping[str, Any]) -> list[str]:
    """The groups of the series shown that have a figure."""
    return [one["group"] for one in series_of(state)["groups"] if one["value"] is not None]


def _frames(state: Mapping[str, Any]) -> list[str]:
    """The frames that the series shown may be compared with."""
    return [one["label"] for one in state["frames"] if frame_of(state, one["label"])]


def _anywhere(figures: Sequence[Mapping[str, Any]]) -> list[str]:
    return list(dict.fromkeys(group["group"] for one in figures for group in one["groups"]))


def _figures(
    df: pd.DataFrame,
    columns: tuple[str, str, str | None, str | None, str | None],
    texts: Mapping[str, Any],
    series_texts: Mapping[str, Mapping[str, Any]],
    labels: Mapping[str, str],
) -> list[dict[str, Any]]:
    """Return the series in the table's order, each with its texts and its groups, or refuse them."""
    group, value, low, high, series = columns
    parts = (
        {"": df} if series is None else {str(key): part for key, part in df.groupby(series, sort=False, observed=True)}
    )
    for key, own in series_texts.items():
        _one_of("series", key, list(parts))
        strange = [field for field in own if field not in _OWN]
        if strange:
            raise CourseError(f"FlipReference: series_texts of {key!r} has {_listed(strange)}; use {_listed(_OWN)}.")
    made = []
    for key, part in parts.items():
        said = {**texts, **series_texts.get(key, {})}
        where = f"FlipReference: series {key!r}" if key else "FlipReference"
        if said["higher_is"] not in ("worse", "better"):
            raise CourseError(f"{where}: higher_is is {said['higher_is']!r}; use 'worse' or 'better'.")
        if len(said["comparatives"]) != 2:
            raise CourseError(f"{where}: comparatives takes two words, for above and below the reference.")
        names = part[group].astype(str).tolist()
        if len(set(names)) != len(names):
            twice = [one for one in dict.fromkeys(names) if names.count(one) > 1]
            raise CourseError(f"{where}: {_listed(twice)} has more than one row; filter the table, or name a series.")
        values = [_figure(where, one, found) for one, found in zip(names, part[value], strict=True)]
        ends = [part[column].tolist() if column else [None] * len(names) for column in (low, high)]
        groups = []
        for one, found, bottom, top in zip(names, values, *ends, strict=True):
            bounds = [None if end is None or pd.isna(end) else float(end) for end in (bottom, top)]
            if None in bounds or found is None:
                bounds = [None, None]
            elif not bounds[0] <= found <= bounds[1]:
                raise CourseError(f"{where}: {one}: {found:g} is not between {bounds[0]:g} and {bounds[1]:g}.")
            groups.append(
                {"group": one, "label": labels.get(one, one), "value": found, "low": bounds[0], "high": bounds[1]}
            )
        if sum(one["value"] is not None for one in groups) < 2:
            raise CourseError(f"{where}: fewer than two groups have a figure; there is nothing to compare.")
        if said["decimals"] is None:
            said["decimals"] = _decimals([one for one in values if one is not None])
        made.append({"name": key, **said, "comparatives": list(said["comparatives"]), "groups": groups})
    return made


def _figure(where: str, group: str, value: Any) -> float | None:
    if pd.isna(value):
        return None
    if not (math.isfinite(value) and value > 0):
        raise CourseError(f"{where}: {group} is {value:g}; a percentage against a reference needs figures above 0.")
    return float(value)


def _decimals(values: Sequence[float]) -> int:
    return next((places for places in (0, 1) if all(abs(one - round(one, places)) < 1e-9 for one in values)), 2)


def _frame(given: Mapping[str, Any], figures: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return a frame as the page takes it, or refuse it."""
    label = str(given.get("label", ""))
    where = f"FlipReference: the frame {label!r}"
    if not label or label in _anywhere(figures):
        raise CourseError(f"{where} needs a label that is no group's name.")
    if given.get("kind") not in _KINDS:
        raise CourseError(f"{where} has kind {given.get('kind')!r}; use one of {_listed(_KINDS)}.")
    value, values = given.get("value"), given.get("values")
    if (value is None) == (values is None):
        raise CourseError(f"{where} takes value, one for all groups, or values, one for each: exactly one of them.")
    series = str(given.get("series", ""))
    if series:
        _one_of("series", series, [one["name"] for one in figures])
    own = {str(key): _figure(where, str(key), one) for key, one in (values or {}).items()}
    shown = [one for one in figures if series in ("", one["name"])]
    lacking = [one for one in _anywhere(shown) if values is not None and own.get(one) is None]
    if lacking:
        raise CourseError(f"{where} has no value for {_listed(lacking)}.")
    return {
        "label": label,
        "kind": given["kind"],
        "value": None if value is None else _figure(where, "its value", value),
        "values": own,
        "series": series,
    }


def _source(df: pd.DataFrame, given: Mapping[str, str] | None) -> dict[str, str]:
    found = given if given is not None else df.attrs.get("dataset") or {}
    made = {field: str(found.get(field, "")) for field in ("source", "source_url", "licence", "geography", "period")}
    made["synthetic"] = "yes" if found.get("synthetic") else ""
    if not made["source"]:
        raise CourseError(
            "FlipReference: the table does not say its source; load it with equitykit.data.load(...) "
            'or pass source={"source": ...}.'
        )
    return made


def _one_of(what: str, value: str | None, known: Sequence[str], *, default: str | None = None) -> str:
    if value is None:
        return default if default is not None else known[0]
    if value not in known:
        raise CourseError(f"FlipReference: {what} {value!r} is not there; use one of {_listed(known)}.")
    return value


def _listed(names: Any) -> str:
    return ", ".join(repr(str(name)) for name in names)
