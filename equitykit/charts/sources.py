"""Where a chart's numbers come from: read from the data, never typed again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

import pandas as pd

from equitykit.errors import CourseError

Data: TypeAlias = pd.DataFrame | Iterable[pd.DataFrame]


def sources(data: Data | None, *, name: str) -> list[dict[str, Any]]:
    """Return the sources that a figure prints, one for each dataset.

    Parameters
    ----------
    data : DataFrame or list of DataFrame
        Frames from :func:`equitykit.data.load`, or made from one: ``frame.attrs["dataset"]`` says the source.
    name : str
        The figure's name, for the message.

    Returns
    -------
    list of dict
        ``title``, ``text``, ``url``, ``licence`` and ``synthetic``, in the order given, each once.

    Raises
    ------
    CourseError
        If a frame names no source.
    """
    frames = [data] if isinstance(data, pd.DataFrame) else list(data) if data is not None else []
    found: list[dict[str, Any]] = []
    for frame in frames:
        dataset = getattr(frame, "attrs", {}).get("dataset")
        if not dataset or not dataset.get("source"):
            raise CourseError(_missing(name))
        source = {
            "title": str(dataset.get("title", "")),
            "text": str(dataset["source"]),
            "url": str(dataset.get("source_url") or ""),
            "licence": str(dataset.get("licence") or ""),
            "synthetic": bool(dataset.get("synthetic", False)),
        }
        if source not in found:
            found.append(source)
    if not found:
        raise CourseError(_missing(name))
    return found


def _missing(name: str) -> str:
    return (
        f"The figure {name!r} has data without a source. Give it the frame from equitykit.data.load(…): "
        "data=that frame; some pandas steps drop the source, so pass the frame that you started from."
    )
