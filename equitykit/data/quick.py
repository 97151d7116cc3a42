"""A quick, strict reading of a table against its schema, so that a good table loads in milliseconds.

It says yes only where it is sure. Whatever it does not know or does not like, :mod:`equitykit.data.validation`
looks at with frictionless, which decides and gives the reason. Importing frictionless and what it brings takes
over a second, which no notebook should wait for when its data are in order.
"""

import re
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
Row = list[str]

WRITTEN = {
    "integer": re.compile(r"-?[0-9]{1,18}"),
    "number": re.compile(r"-?[0-9]{1,18}(\.[0-9]+)?"),
    "boolean": re.compile(r"true|false"),
    "string": re.compile(r"(?s).*"),
}
RULES: dict[str, Callable[[str, Any], bool]] = {
    "required": lambda cell, limit: True,
    "enum": lambda cell, limit: cell in limit,
    "minimum": lambda cell, limit: float(cell) >= float(limit),
    "maximum": lambda cell, limit: float(cell) <= float(limit),
    "pattern": lambda cell, limit: re.fullmatch(limit, cell) is not None,
}


def agrees(rows: list[Row], schema: Schema) -> bool:
    """Say whether a table surely agrees with its schema.

    Parameters
    ----------
    rows : list of list of str
        The table as text, the header first.
    schema : dict
        The Table Schema of the dataset.

    Returns
    -------
    bool
        True only where every cell is sure to agree; False where it does not, or where this reading cannot tell.
    """
    fields = schema["fields"]
    if not rows or rows[0] != [field["name"] for field in fields]:
        return False
    body = rows[1:]
    if any(len(row) != len(fields) for row in body) or not all(any(row) for row in body):
        return False
    missing = schema.get("missingValues", [""])
    columns = {field["name"]: [row[number] for row in body] for number, field in enumerate(fields)}
    return all(_column_agrees(columns[field["name"]], field, missing) for field in fields) and _key_is_unique(
        columns, schema.get("primaryKey", []), missing
    )


def _column_agrees(cells: list[str], field: dict[str, Any], missing: list[str]) -> bool:
    """Check every cell of a column; each distinct text once."""
    written, rules = WRITTEN.get(field["type"]), field.get("constraints", {})
    if written is None or not rules.keys() <= RULES.keys() or "format" in field:
        return False
    if rules.get("pattern") and field["type"] != "string":
        return False
    for cell in dict.fromkeys(cells):
        if cell in missing:
            if rules.get("required"):
                return False
        elif not written.fullmatch(cell) or not all(RULES[rule](cell, limit) for rule, limit in rules.items()):
            return False
    return True


def _key_is_unique(columns: dict[str, list[str]], key: str | list[str], missing: list[str]) -> bool:
    """Check that no two rows have the same primary key, and that none lacks it."""
    names = [key] if isinstance(key, str) else key
    if not names:
        return True
    keys = list(zip(*(columns[name] for name in names), strict=True))
    return len(set(keys)) == len(keys) and not any(cell in missing for row in keys for cell in row)
