"""Where the course's datasets are on this computer."""

import os
from pathlib import Path

from equitykit.errors import CourseError

DESCRIPTOR = "datapackage.json"
VARIABLE = "EQUITYKIT_DATASETS"


def find() -> Path:
    """Find the folder of the course's datasets.

    Three places are tried, in this order:

    1. the folder that the environment variable ``EQUITYKIT_DATASETS`` names, if it is set;
    2. ``datasets/`` beside the kit, as in a clone of the course (``pip install -e .``);
    3. ``datasets/`` in the working folder or in any folder above it.

    So a clone needs nothing. On a shared JupyterHub, where the kit is installed for everybody and notebooks
    lie in people's own folders, put the course's ``datasets/`` in one folder that all can read and set
    ``EQUITYKIT_DATASETS`` to it for every server (for instance with ``c.Spawner.environment``). The folder is
    only ever read.

    Returns
    -------
    pathlib.Path
        The folder that holds ``datapackage.json``.

    Raises
    ------
    CourseError
        If no such folder is found, or the variable names a folder without datasets.
    """
    named = os.environ.get(VARIABLE)
    if named:
        folder = Path(named).expanduser()
        if not (folder / DESCRIPTOR).is_file():
            raise CourseError(
                f"{VARIABLE} is set to {folder}, which holds no {DESCRIPTOR}: "
                f"set it to the course's datasets folder, or unset it"
            )
        return folder.resolve()
    beside_the_kit = Path(__file__).resolve().parents[2]
    here = Path.cwd()
    for parent in (beside_the_kit, here, *here.parents):
        if (parent / "datasets" / DESCRIPTOR).is_file():
            return parent / "datasets"
    raise CourseError(
        f"no datasets folder in {here} or above it: work inside the course's folder, "
        f"or set {VARIABLE} to its datasets folder"
    )
