"""Checking tables against their schema, by frictionless, with its findings put in plain words."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from equitykit.data.folder import DESCRIPTOR, find
from equitykit.data.package import descriptor
from equitykit.errors import CourseError

if TYPE_CHECKING:
    from frictionless import Error

KINDS = {"integer": "a whole number", "number": "a number", "boolean": "true or false", "string": "text"}
HEADER = ("blank-header", "blank-label", "duplicate-label", "extra-label", "incorrect-label", "missing-label")

WHOLE = {
    "source-error": "row 1: the file is empty",
    "encoding-error": "the file is not UTF-8 text",
    "blank-row": "row {row}: the row is empty",
    "extra-cell": "row {row}: there are more cells than columns",
    "missing-cell": "row {row}: there are fewer cells than columns",
}


def problems(resource: dict[str, Any], folder: Path) -> list[str]:
    """List what is wrong with one dataset's table, a line each; nothing if it agrees with its schema.

    Parameters
    ----------
    resource : dict
        The dataset's entry in ``datapackage.json``.
    folder : pathlib.Path
        The datasets folder.

    Returns
    -------
    list of str
        Each line names the dataset, the row (header = row 1), the column and the rule.
    """
    # Imported here: it takes about as long as all the rest, and a page that draws no data needs none of it.
    from frictionless import FrictionlessException, Resource

    name = resource["name"]
    path = folder / resource["path"]
    if not path.is_file():
        return [f"dataset '{name}': its table {path} is missing"]
    try:
        report = Resource.from_descriptor(resource, basepath=str(folder)).validate()
    except FrictionlessException as error:
        return [f"dataset '{name}': its entry in {DESCRIPTOR} is not valid: {_one_line(error.error.note)}"]
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    if any(error.type in HEADER for error in errors):
        return [f"dataset '{name}', row 1: {_header(path, resource)}"]
    return list(dict.fromkeys(f"dataset '{name}', {_in_words(error, resource)}" for error in _telling(errors)))


def validate(folder: Path | str | None = None) -> list[str]:
    """Validate a whole data package: its description and every table in it.

    Parameters
    ----------
    folder : path, optional
        The folder that holds ``datapackage.json``; the course's own when left out.

    Returns
    -------
    list of str
        What is wrong, a line each. Empty when the package is valid.

    Raises
    ------
    CourseError
        If the folder holds no readable data package.
    """
    from frictionless import FrictionlessException, Package

    place = find() if folder is None else Path(folder)
    package = descriptor(place)
    try:
        Package.from_descriptor(package, basepath=str(place))
    except FrictionlessException as error:
        reasons = [_one_line(reason.note) for reason in error.reasons] or [_one_line(error.error.note)]
        raise CourseError(
            f"{place / DESCRIPTOR} is no valid data package: {'; '.join(dict.fromkeys(reasons))}"
        ) from error
    return [line for resource in package["resources"] for line in problems(resource, place)]


def _telling(errors: list[Error]) -> list[Error]:
    """Leave out what a short or empty row brings with it: cells that are empty because they are not there."""
    short = {error.to_descriptor()["rowNumber"] for error in errors if error.type in ("missing-cell", "blank-row")}
    return [
        error
        for error in errors
        if error.type in ("missing-cell", "blank-row") or error.to_descriptor().get("rowNumber") not in short
    ]


def _header(path: Path, resource: dict[str, Any]) -> str:
    """Say how the header of a table differs from its schema."""
    with path.open(encoding="utf-8", newline="") as file:
        labels = next(csv.reader(file), [])
    expected = [field["name"] for field in resource["schema"]["fields"]]
    missing = [name for name in expected if name not in labels]
    extra = [label for label in labels if label not in expected]
    twice = sorted({label for label in labels if labels.count(label) > 1})
    said = [
        f"column {', '.join(repr(column) for column in columns)} {what}"
        for columns, what in (
            (missing, "is missing"),
            (extra, "is not in the schema"),
            (twice, "is there twice"),
        )
        if columns
    ]
    return " and ".join(said) or f"the columns must be in the order {', '.join(expected)}"


def _in_words(error: Error, resource: dict[str, Any]) -> str:
    """Put one finding of frictionless in plain words: row, column, rule."""
    found = error.to_descriptor()
    row, column = found.get("rowNumber"), found.get("fieldName")
    if error.type in WHOLE:
        return WHOLE[error.type].format(row=row)
    where = (f"row {row}, " if row else "") + (f"column '{column}': " if column else "")
    if error.type == "primary-key":
        key = resource["schema"]["primaryKey"]
        columns = ", ".join([key] if isinstance(key, str) else key)
        return f"{where}column '{columns}': the values taken together are already in another row"
    if error.type == "type-error":
        field = _field(resource, str(column))
        return f"{where}'{found['cell']}' is not {KINDS.get(field['type'], field['type'])}"
    if error.type == "constraint-error":
        return where + _rule(found, _field(resource, str(column)))
    return where + _one_line(found.get("note") or found["message"])


def _rule(found: dict[str, Any], field: dict[str, Any]) -> str:
    """Say which constraint a cell breaks."""
    cell, note = found.get("cell") or "", found["note"]
    rules = field["constraints"]
    if '"required"' in note:
        return "is empty, and a value is required"
    if '"enum"' in note:
        return f"'{cell}' is not one of: {'; '.join(str(value) for value in rules['enum'])}"
    if '"minimum"' in note:
        return f"{cell} is below the least allowed, {rules['minimum']}"
    if '"maximum"' in note:
        return f"{cell} is above the most allowed, {rules['maximum']}"
    return f"'{cell}' breaks the rule: {_one_line(note)}"


def _field(resource: dict[str, Any], name: str) -> dict[str, Any]:
    """Find a field of the schema by name."""
    return next(field for field in resource["schema"]["fields"] if field["name"] == name)


def _one_line(text: str) -> str:
    return " ".join(str(text).split())
