"""What the data package says: its datasets, their facts and their cards."""

import difflib
import json
from pathlib import Path
from typing import Any

from equitykit.data.folder import DESCRIPTOR, find
from equitykit.errors import CourseError

NEEDED = (
    "name",
    "title",
    "path",
    "citation",
    "sources",
    "licenses",
    "geography",
    "period",
    "synthetic",
    "modules",
    "schema",
)
SHOWN = (("sources", "path"), ("licenses", "title"))


def descriptor(folder: Path) -> dict[str, Any]:
    """Read the description of all datasets in a folder.

    Raises
    ------
    CourseError
        If ``datapackage.json`` is missing or is not JSON, or a dataset lacks a fact that the course needs.
    """
    path = folder / DESCRIPTOR
    try:
        package = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CourseError(
            f"{path} cannot be read ({error.strerror}): choose a folder that holds a data package"
        ) from error
    except ValueError as error:
        raise CourseError(f"{path} is not valid JSON ({error}): mend it there") from error
    resources = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        raise CourseError(f"{path} lists no resources: a data package has a list named 'resources'")
    for number, resource in enumerate(resources, start=1):
        missing = [key for key in NEEDED if resource.get(key) in (None, "", [], {})]
        missing += [f"{key}: {what}" for key, what in SHOWN if not all(what in item for item in resource.get(key, []))]
        if missing:
            raise CourseError(
                f"{path}: dataset {resource.get('name', number)} lacks {', '.join(missing)}: add it there"
            )
    return package


def names() -> list[str]:
    """Name every dataset of the course, in alphabetical order."""
    return sorted(resource["name"] for resource in descriptor(find())["resources"])


def resource_named(name: str, folder: Path) -> dict[str, Any]:
    """Look up one dataset's description.

    Raises
    ------
    CourseError
        If there is no dataset of that name. The message lists the close names, or all when none is close.
    """
    resources = {resource["name"]: resource for resource in descriptor(folder)["resources"]}
    if name in resources:
        return resources[name]
    close = difflib.get_close_matches(str(name).strip().lower().replace("_", "-").replace(" ", "-"), sorted(resources))
    if close:
        raise CourseError(f"there is no dataset '{name}': did you mean {' or '.join(close)}?")
    raise CourseError(f"there is no dataset '{name}': choose one of {', '.join(sorted(resources))}")


def facts(resource: dict[str, Any]) -> dict[str, Any]:
    """Say where a dataset comes from, as ``load`` keeps it in ``attrs["dataset"]``.

    Returns
    -------
    dict
        ``name``, ``title``, ``source`` (a short citation), ``source_url``, ``licence``, ``geography``,
        ``period``, ``synthetic`` (bool) and ``modules`` (list of module names).
    """
    return {
        "name": resource["name"],
        "title": resource["title"],
        "source": resource["citation"],
        "source_url": resource["sources"][0]["path"],
        "licence": " and ".join(licence["title"] for licence in resource["licenses"]),
        "geography": resource["geography"],
        "period": resource["period"],
        "synthetic": resource["synthetic"],
        "modules": list(resource["modules"]),
    }


def card(name: str) -> str:
    """Read a dataset's card: where it comes from, who is counted, and what not to conclude.

    Parameters
    ----------
    name : str
        The dataset's name, as in :func:`names`.

    Returns
    -------
    str
        The card as Markdown, without its front matter.

    Raises
    ------
    CourseError
        If there is no dataset of that name, or it has no card.
    """
    folder = find()
    path = folder / Path(resource_named(name, folder)["path"]).parent / "card.md"
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise CourseError(
            f"dataset '{name}' has no card that can be read at {path}: write one beside its table"
        ) from error
    if text.startswith("---\n"):
        text = text.split("\n---\n", maxsplit=1)[-1]
    return text.strip() + "\n"
