"""The data-quality board: a team's own extract profiled in the browser, and a made-up one to learn on."""

from __future__ import annotations

from typing import Any

import traitlets

from equitykit import data
from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive, words_html
from equitykit.widgets.quality_codes import CODE_LISTS
from equitykit.widgets.quality_profile import columns, crossed, read, suspect
from equitykit.widgets.quality_words import number, table, words

KEY_COLUMNS = ("said_group", "how_recorded", "duplicate")
"""What the synthetic extract has and no real one: it does not go to the page."""
MOST_VALUES = 200
"""A column with more different answers is an identifier or free text, and its answers are never shown."""
_RANGES = {"wrong": (0, 60), "wrong_reference": (0, 10), "share": (1, 50), "ratio": (0.25, 4)}


class DataQualityBoard(Interactive):
    """A table of separated values read in the browser only: profiled, and turned into a list of what to fix.

    It opens on the dataset ``synthetic-extract``. A file that a reader opens is never sent, saved or passed to Python:
    while one is open, ``words`` and ``table`` say only that.

    Parameters
    ----------
    name : str
        Stable id in the page.
    column : str
        The column of the sample that is looked at first.
    codes : {"nhs16", "census19", "census5", "none"}
        The code list that it is held against.
    by : str
        Another column, or "year of " and a column of dates; "" for none.
    identifier : str
        The column that should not repeat.
    hide_up_to : int
        Counts of 1 to this many are hidden.
    round_to : int
        Other counts are rounded to this; 1 leaves them.
    label : str
        Accessible name.

    Attributes
    ----------
    predictions : dict of str to str
        ``"trust"``: whose column the learner would trust least; ``"ratio"``: what is left of a ratio.
    plan : dict
        By the id of what is to be fixed: ``owner`` and ``due``, for the sample only.
    wrong, wrong_reference, share, ratio : float
        The misclassification that is tried out, see :func:`equitykit.widgets.quality_profile.misclassified`.

    Raises
    ------
    CourseError
        When a column or list is not there, or a number is out of range.

    Examples
    --------
    >>> board = DataQualityBoard()
    >>> [row[8] for row in board.table[1:]]
    ['93%', '69%', 'nearly 100%', '87%']
    """

    module = "quality"

    column = traitlets.Unicode("").tag(sync=True)
    codes = traitlets.Unicode("nhs16").tag(sync=True)
    by = traitlets.Unicode("").tag(sync=True)
    identifier = traitlets.Unicode("").tag(sync=True)
    hide_up_to = traitlets.Int(4).tag(sync=True)
    round_to = traitlets.Int(5).tag(sync=True)
    predictions = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Unicode()).tag(sync=True)
    plan = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Dict()).tag(sync=True)
    own_open = traitlets.Bool(False).tag(sync=True)
    wrong = traitlets.Float(41.2).tag(sync=True)
    wrong_reference = traitlets.Float(0.0).tag(sync=True)
    share = traitlets.Float(10.0).tag(sync=True)
    ratio = traitlets.Float(2.0).tag(sync=True)
    start = traitlets.Dict().tag(sync=True)
    sample = traitlets.Unicode("").tag(sync=True)
    sample_note = traitlets.Unicode("").tag(sync=True)
    key_fact = traitlets.Unicode("").tag(sync=True)
    source = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        name: str = "data-quality-board",
        *,
        column: str = "ethnic_category",
        codes: str = "nhs16",
        by: str = "clinic",
        identifier: str = "person",
        hide_up_to: int = 4,
        round_to: int = 5,
        label: str = "Data-quality board",
    ) -> None:
        df = data.load("synthetic-extract")
        told = df.attrs["dataset"]
        sample = df.drop(columns=list(KEY_COLUMNS)).to_csv(index=False, lineterminator="\n")
        state: dict[str, Any] = {
            "column": _column(column, sample),
            "codes": _one_of("codes", codes, list(CODE_LISTS)),
            "by": _by(by, sample),
            "identifier": _one_of("identifier", identifier, ["", *columns(sample)]),
            "hide_up_to": _rule("hide_up_to", hide_up_to),
            "round_to": _rule("round_to", round_to),
            "predictions": {},
            "plan": {},
            "own_open": False,
            "wrong": 41.2,
            "wrong_reference": 0.0,
            "share": 10.0,
            "ratio": 2.0,
            "start": {"column": column, "by": by, "codes": codes},
            "sample": sample,
            "sample_note": (
                f"Synthetic extract: nobody in it exists. {len(df):,} rows, {len(columns(sample))} columns."
            ),
            "key_fact": "",
            "source": {key: str(told.get(key, "")) for key in ("source", "source_url", "licence")},
        }
        odd = suspect(crossed(state)) if (column, by) == ("ethnic_category", "clinic") else None
        if odd:
            said = df.loc[df[by] == odd.name, "said_group"] == "White British"
            state["key_fact"] = (
                f"The extract is made up, so its maker knows: {number(100 * float(said.mean()))}% of the rows of "
                f"{odd.name} are of people who would say White British."
            )
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    def still(self) -> str:
        """Return HTML that says the same without a script; with no prediction to wait for, everything is told."""
        told = {**self.state(), "predictions": {"trust": "shown", "ratio": "shown"}}
        return words_html(words(told), table(told), caption=self.label)

    @traitlets.observe(
        "column",
        "codes",
        "by",
        "hide_up_to",
        "round_to",
        "predictions",
        "own_open",
        "wrong",
        "wrong_reference",
        "share",
        "ratio",
    )
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python, whether or not a page shows it."""
        if not self.sample:
            return
        state = self.state()
        self.words, self.table = words(state), table(state)

    @traitlets.validate("column")
    def _column_exists(self, proposal: dict[str, Any]) -> str:
        return _column(proposal["value"], self.sample) if self.sample else proposal["value"]

    @traitlets.validate("by")
    def _by_exists(self, proposal: dict[str, Any]) -> str:
        return _by(proposal["value"], self.sample) if self.sample else proposal["value"]

    @traitlets.validate("codes")
    def _codes_exist(self, proposal: dict[str, Any]) -> str:
        return _one_of("codes", proposal["value"], list(CODE_LISTS))

    @traitlets.validate("hide_up_to", "round_to")
    def _rule_holds(self, proposal: dict[str, Any]) -> int:
        return _rule(proposal["trait"].name, proposal["value"])

    @traitlets.validate(*_RANGES)
    def _range_holds(self, proposal: dict[str, Any]) -> float:
        name, value = proposal["trait"].name, proposal["value"]
        low, high = _RANGES[name]
        if not low <= value <= high:
            raise CourseError(f"DataQualityBoard: {name} is {value:g}; use {low:g} to {high:g}.")
        return value


def _column(name: str, sample: str) -> str:
    _one_of("column", name, columns(sample))
    if len({row[name] for row in read(sample)}) > MOST_VALUES:
        raise CourseError(
            f"DataQualityBoard: column {name!r} has too many different answers to be shown; it may name people."
        )
    return name


def _by(name: str, sample: str) -> str:
    years = [f"year of {one}" for one in columns(sample)]
    _one_of("by", name, ["", *columns(sample), *years])
    return name if not name or name in years else _column(name, sample)


def _one_of(what: str, value: str, known: list[str]) -> str:
    if value not in known:
        raise CourseError(f"DataQualityBoard: {what} {value!r} is not there; use one of {', '.join(map(repr, known))}.")
    return value


def _rule(what: str, value: int) -> int:
    low, high = (1, 50) if what == "hide_up_to" else (1, 100)
    if not low <= value <= high:
        raise CourseError(f"DataQualityBoard: {what} is {value}; use {low} to {high}.")
    return value
