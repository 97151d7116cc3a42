"""The category explorer: collapse, split and recode ethnic categories, and see what disappears."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets import categories_figures
from equitykit.widgets.base import Interactive, words_html
from equitykit.widgets.categories_figures import KEYS
from equitykit.widgets.categories_groups import PRESETS, collapsed, key_of, moved, preset, split
from equitykit.widgets.categories_words import table, view_key, words

FORM = (
    "White British",
    "White Irish",
    "Gypsy or Irish Traveller",
    "Roma",
    "Other White",
    "White and Black Caribbean",
    "White and Black African",
    "White and Asian",
    "Other Mixed",
    "Indian",
    "Pakistani",
    "Bangladeshi",
    "Chinese",
    "Other Asian",
    "Black Caribbean",
    "Black African",
    "Other Black",
    "Arab",
    "Any other ethnic group",
)
"""The boxes in the order of the NHS letters, with those that have no letter beside their broad group."""


class CategoryExplorer(Interactive):
    """Nineteen census categories, collapsed and split: what an average hides, and what a small service can show.

    Parameters
    ----------
    name : str
        Stable id in the page.
    figure : str
        The figure shown first, one of :data:`equitykit.widgets.categories_figures.KEYS`.
    figures : sequence of str, optional
        Which figures are offered; all of them by default.
    grouping : {"19", "16", "5", "2"}
        The grouping shown first.
    area : str
        An area of the dataset ``census-ethnic-groups``, whose make-up the local service has.
    service : int
        How many people the service sees.
    not_stated : int
        The share of them without a stated group, in percent.
    hide_up_to : int
        Counts of 1 to this many are hidden.
    label : str
        Accessible name.

    Attributes
    ----------
    assigned : list of str
        The label of the group that each category is in. Setting it sets ``grouping``, and the other way round.
    predictions : dict of str to str
        By ``"figure / grouping"``: the label of the group said to hide the widest spread, or "shown".

    Raises
    ------
    CourseError
        When there is no such figure, grouping or area, or a number is out of range.

    Examples
    --------
    >>> made = CategoryExplorer(grouping="19")
    >>> made.move("Bangladeshi", "Pakistani")
    >>> made.grouping, made.table[11][0]
    ('own', 'Pakistani and Bangladeshi')
    """

    module = "categories"

    grouping = traitlets.Enum((*PRESETS, "own"), "5").tag(sync=True)
    assigned = traitlets.List(traitlets.Unicode()).tag(sync=True)
    figure = traitlets.Unicode("").tag(sync=True)
    area = traitlets.Unicode("").tag(sync=True)
    service = traitlets.Int(1_000).tag(sync=True)
    not_stated = traitlets.Int(0).tag(sync=True)
    hide_up_to = traitlets.Int(4).tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Unicode()).tag(sync=True)
    categories = traitlets.List(traitlets.Dict()).tag(sync=True)
    counts = traitlets.Dict().tag(sync=True)
    figures = traitlets.List(traitlets.Dict()).tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        name: str = "category-explorer",
        *,
        figure: str | None = None,
        figures: Sequence[str] | None = None,
        grouping: str = "5",
        area: str = "Leicester",
        service: int = 1_000,
        not_stated: int = 13,
        hide_up_to: int = 4,
        label: str = "What categories show and hide",
    ) -> None:
        df = data.load("census-ethnic-groups")
        categories, counts = _census(df)
        offered = list(KEYS if figures is None else figures)
        names = [one["name"] for one in categories]
        if grouping not in PRESETS:
            raise CourseError(f"CategoryExplorer: grouping is {grouping!r}; use one of {_listed(PRESETS)}.")
        state: dict[str, Any] = {
            "grouping": grouping,
            "assigned": preset(grouping, categories),
            "figure": _one_of("figure", offered[0] if figure is None and offered else figure, offered),
            "area": _one_of("area", area, list(counts)),
            "service": _number("service", service, 20, 1_000_000),
            "not_stated": _number("not_stated", not_stated, 0, 90),
            "hide_up_to": _number("hide_up_to", hide_up_to, 1, 50),
            "predictions": {},
            "categories": categories,
            "counts": counts,
            "figures": [figure_named(one, names) for one in offered],
            "source": {k: str(df.attrs["dataset"].get(k, "")) for k in ("source", "source_url", "licence", "period")},
        }
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    def still(self) -> str:
        """Return HTML that says the same without a script; with no prediction to wait for, everything is told."""
        state = self.state()
        told = {**state, "predictions": {view_key(state): "shown"}}
        return words_html(words(told), table(told), caption=self.label)

    def move(self, category: str, into: str = "") -> None:
        """Put a category into the group that another category or a label names; with "" into one of its own."""
        names = [one["name"] for one in self.categories]
        _one_of("category", category, names)
        if into and into not in self.assigned:
            into = self.assigned[names.index(_one_of("into", into, names))]
        self.assigned = moved(self.assigned, category, into, self.categories)

    def split(self, label: str) -> None:
        """Put each category of a group by itself."""
        self.assigned = split(
            self.assigned, _one_of("group", label, list(dict.fromkeys(self.assigned))), self.categories
        )

    def collapse(self, broad: str) -> None:
        """Put all categories of a broad group into one."""
        known = list(dict.fromkeys(one["broad"] for one in self.categories))
        self.assigned = collapsed(self.assigned, _one_of("broad group", broad, known), self.categories)

    @traitlets.observe("grouping", "assigned", "figure", "area", "service", "not_stated", "hide_up_to", "predictions")
    def _retell(self, change: Any) -> None:
        """Keep grouping, words and table true when the state is set from Python, whether or not a page shows it."""
        if not self.counts or not self.assigned:
            return
        key = key_of(self.assigned, self.categories)
        if key != self.grouping:
            if change["name"] == "grouping" and self.grouping != "own":
                self.assigned = preset(self.grouping, self.categories)
            else:
                self.grouping = key
            return
        state = self.state()
        self.words, self.table = words(state), table(state)

    @traitlets.validate("assigned")
    def _each_assigned(self, proposal: dict[str, Any]) -> list[str]:
        if self.categories and len(proposal["value"]) != len(self.categories):
            raise CourseError(f"CategoryExplorer: assigned needs {len(self.categories)} labels, one for each category.")
        return proposal["value"]

    @traitlets.validate("figure")
    def _figure_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("figure", proposal["value"], [one["key"] for one in self.figures])

    @traitlets.validate("area")
    def _area_exists(self, proposal: dict[str, Any]) -> str:
        return _one_of("area", proposal["value"], list(self.counts))

    @traitlets.validate("service")
    def _service_holds(self, proposal: dict[str, Any]) -> int:
        return _number("service", proposal["value"], 20, 1_000_000)

    @traitlets.validate("not_stated")
    def _share_holds(self, proposal: dict[str, Any]) -> int:
        return _number("not_stated", proposal["value"], 0, 90)

    @traitlets.validate("hide_up_to")
    def _rule_holds(self, proposal: dict[str, Any]) -> int:
        return _number("hide_up_to", proposal["value"], 1, 50)


def figure_named(key: str, names: Sequence[str]) -> dict[str, Any]:
    """Return a figure by its key, or refuse it."""
    return categories_figures.figure(_one_of("figure", key, list(KEYS)), names)


def _census(df: Any) -> tuple[list[dict[str, str]], dict[str, list[int]]]:
    """Return the categories in the order of FORM, and the counts of each area in that order."""
    pairs = {str(one.ethnic_group): str(one.broad_group) for one in df.itertuples()}
    if set(pairs) != set(FORM):
        raise CourseError("CategoryExplorer: census-ethnic-groups no longer holds the nineteen boxes of the form.")
    counts: dict[str, list[int]] = {}
    for area, part in df.groupby("area", sort=False, observed=True):
        people = {str(one.ethnic_group): int(one.people) for one in part.itertuples()}
        counts[str(area)] = [people[name] for name in FORM]
    return [{"name": name, "broad": pairs[name]} for name in FORM], counts


def _one_of(what: str, value: Any, known: Sequence[str]) -> str:
    if value not in known:
        raise CourseError(f"CategoryExplorer: {what} {value!r} is not there; use one of {_listed(known)}.")
    return str(value)


def _number(what: str, value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise CourseError(f"CategoryExplorer: {what} is {value}; use {low} to {high:,}.")
    return value


def _listed(names: Sequence[str]) -> str:
    return ", ".join(repr(one) for one in names)
