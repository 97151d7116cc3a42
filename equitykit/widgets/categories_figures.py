"""The figures that the category explorer shows by group, read from the course's data: what was published, no more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from equitykit import data

Figure = dict[str, Any]

KEYS = ("social renting", "deaths with COVID-19", "intensive care", "positive tests")

# Names in the sources, and the census category that they are.
_RENAMED = {"Black other": "Other Black", "Asian other": "Other Asian", "Other": "Any other ethnic group"}
_OUTCOMES = {
    "deaths with COVID-19": ("death with COVID-19", "Deaths with COVID-19, first wave of 2020", 1),
    "intensive care": ("intensive care admission", "Intensive care with COVID-19, first wave of 2020", 1),
    "positive tests": ("positive test", "Positive tests for SARS-CoV-2, first wave of 2020", 0),
}
_NO_BOX = ("Gypsy or Irish Traveller", "Roma", "Arab")


def figure(key: str, categories: Sequence[str]) -> Figure:
    """Return a figure for each census category that has one.

    Parameters
    ----------
    key : str
        One of :data:`KEYS`.
    categories : sequence of str
        The nineteen census categories.

    Returns
    -------
    dict
        ``values`` by category (``value``, and where they are published ``events`` and ``people``), ``missing`` by
        category with the reason, ``groups`` with published averages of broad groups, ``unrecorded`` (percent of people
        without a group, or none), ``unit``, ``decimals``, ``note`` and ``source``.
    """
    return _renting(categories) if key == "social renting" else _covid(key, categories)


def _renting(categories: Sequence[str]) -> Figure:
    df = data.load("living-conditions-by-ethnic-group")
    rows = df[(df["measure"] == "lives in social rented housing") & (df["grouping"] == "ethnic group")]
    read = {_RENAMED.get(one.group, one.group): float(one.value) for one in rows.itertuples()}
    values = {name: {"value": read[name]} for name in categories if name in read}
    return {
        "key": "social renting",
        "label": "Live in social rented housing",
        "unit": "%",
        "decimals": 0,
        "values": values,
        "missing": {name: "not read" for name in categories if name not in values},
        "groups": {name: read[name] for name in ("Black", "Mixed") if name in read},
        "unrecorded": None,
        "note": (
            "Census 2021, people in England and Wales. Only figures that could be read in a report stand here; for "
            "the other categories none was read, which does not mean that there is none. Averages without a "
            "published figure are worked out from the categories that have one, weighted by people."
        ),
        "source": _source(df),
    }


def _covid(key: str, categories: Sequence[str]) -> Figure:
    outcome, label, decimals = _OUTCOMES[key]
    df = data.load("covid-ethnicity-stepwise")
    rows = df[(df["outcome"] == outcome) & (df["grouping"] == "16 groups") & (df["model_order"] == 1)]
    values: dict[str, dict[str, float]] = {}
    missing = dict.fromkeys(_NO_BOX, "no box in this source")
    unknown = None
    for one in rows.itertuples():
        name = _RENAMED.get(one.ethnic_group, one.ethnic_group)
        people = int(one.people)
        if name == "Unknown":
            unknown = people
        elif one.events is None or str(one.events) == "<NA>":
            missing[name] = "suppressed in the source"
        else:
            events = int(one.events)
            values[name] = {"value": 100_000 * events / people, "events": events, "people": people}
    total = int(rows["people"].sum())
    return {
        "key": key,
        "label": label,
        "unit": "per 100,000 adults",
        "decimals": decimals,
        "values": {name: values[name] for name in categories if name in values},
        "missing": {name: missing[name] for name in categories if name in missing},
        "groups": {},
        "unrecorded": round(100 * (unknown or 0) / total, 1),
        "note": (
            "Adults registered with practices that use one program, England, 1 February to 3 August 2020; not in care "
            "homes. Crude: ages differ between groups, so read what a grouping does to a figure, not why people fell "
            "ill. Averages are worked out from events and people. The study itself puts Chinese people under Other."
        ),
        "source": _source(df),
    }


def _source(df: Any) -> dict[str, str]:
    found = df.attrs["dataset"]
    return {field: str(found.get(field, "")) for field in ("source", "source_url", "licence", "period")}
