"""Loading: a table with the types that its schema gives, refused where it differs from it."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from equitykit.data import quick
from equitykit.data.folder import find
from equitykit.data.package import facts, resource_named
from equitykit.data.validation import problems
from equitykit.errors import CourseError

TRUE = ("true", "True", "TRUE", "1")
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}


def load(name: str) -> pd.DataFrame:
    """Load a dataset of the course by its name.

    Every column has the type that the schema in ``datasets/datapackage.json`` gives: ``string``, ``Int64``,
    ``Float64``, ``boolean``, or an ordered categorical where the schema lists the values in order. What the
    source left out or suppressed is missing (``pd.NA``), never zero.

    Parameters
    ----------
    name : str
        The dataset's name, as in :func:`equitykit.data.names`, for instance ``"life-expectancy-gaps"``.

    Returns
    -------
    pandas.DataFrame
        The table. Its ``attrs["dataset"]`` is a plain dict with ``name``, ``title``, ``source``,
        ``source_url``, ``licence``, ``geography``, ``period``, ``synthetic`` and ``modules``.

    Raises
    ------
    CourseError
        If there is no dataset of that name, its file is missing, or it differs from its schema: the message
        names the dataset, the row (as numbered in the file, header = row 1), the column and the rule.
    """
    folder = find()
    resource = resource_named(name, folder)
    schema = resource["schema"]
    rows = _read(folder / resource["path"])
    if not quick.agrees(rows, schema):
        found = problems(resource, folder)
        if found:
            more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
            raise CourseError(f"{found[0]}{more}; restore the file, or mend it and its schema together")
    text = pd.DataFrame(rows[1:], columns=rows[0], dtype="string")
    text = text.mask(text.isin(schema.get("missingValues", [""])))
    frame = pd.DataFrame({field["name"]: _typed(text[field["name"]], field) for field in schema["fields"]})
    frame.attrs["dataset"] = facts(resource)
    return frame


def _read(path: Path) -> list[list[str]]:
    """Read a table as text; no rows when that cannot be done, which validation then explains."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file, strict=True))
    except (OSError, ValueError, csv.Error):
        return []


def _typed(column: pd.Series, field: dict[str, Any]) -> pd.Series:
    """Give one column, read as text, the type of its field in the schema."""
    kind = field["type"]
    if kind == "boolean":
        return column.map(lambda value: value in TRUE, na_action="ignore").astype("boolean")
    if kind in ("integer", "number"):
        return pd.to_numeric(column).astype(DTYPES[kind])
    values = field.get("constraints", {}).get("enum")
    if values and field.get("categoriesOrdered"):
        return column.astype(pd.CategoricalDtype(values, ordered=True))
    return column.astype("string")
