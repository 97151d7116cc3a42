"""Code lists for ethnic group, and words that stand for a missing answer; ``static/quality-codes.js`` has the same."""

from __future__ import annotations

from equitykit.data.extract_codes import BROAD_GROUPS, CODES

NHS = {letter: name for letter, (name, _) in CODES.items()}
CODE_LISTS: dict[str, tuple[str, frozenset[str]]] = {
    "nhs16": ("NHS letters, A to S", frozenset(NHS)),
    "census19": ("Census 2021, nineteen boxes", frozenset(BROAD_GROUPS)),
    "census5": ("Census 2021, five groups", frozenset({"White", "Mixed", "Asian", "Black", "Other"})),
    "none": ("No list: every answer counts", frozenset()),
}
"""Key: the label of a list, and its codes."""

KINDS = ("listed", "unlisted", "not stated", "not known", "default code", "empty")
KIND_NAMES = ("In the list", "Written otherwise", "Not stated", "Not known", "Default code", "Empty")

_FILLERS = frozenset({"null", "na", "n/a", "none", "nan", "nil", "#n/a", "-", "--", ".", "?"})
_NOT_STATED = frozenset(
    {"not stated", "prefer not to say", "prefer not say", "refused", "declined", "declined to say", "rather not say"}
)
_NOT_KNOWN = frozenset({"not known", "unknown", "not recorded", "not asked", "unspecified", "unk"})
_DEFAULT_DATES = ("1900-01-01", "01/01/1900", "1901-01-01", "01/01/1901", "9999-12-31", "31/12/9999")
_DEFAULTS = frozenset({*_DEFAULT_DATES, "-1", "999", "9999", "99999", "9999999999"})


def kind_of(value: str, codes: str) -> str:
    """Return what a cell is: one of :data:`KINDS`.

    Parameters
    ----------
    value : str
        What stands in the cell.
    codes : str
        The key of a list in :data:`CODE_LISTS`.
    """
    bare = value.strip()
    low = bare.lower()
    if not bare or low in _FILLERS:
        return "empty"
    if low in _NOT_STATED or (codes == "nhs16" and bare.upper() == "Z"):
        return "not stated"
    if low in _NOT_KNOWN or (codes == "nhs16" and bare in ("99", "X", "x")):
        return "not known"
    if bare in _DEFAULTS:
        return "default code"
    return "listed" if codes == "none" or value in CODE_LISTS[codes][1] else "unlisted"
