"""Kernels that start at once: forked from a process that has imported what the course's notebooks import."""

from __future__ import annotations

import os
from pathlib import Path

WARM = "equitykit-warm"
"""The warm kernel's name: an ordinary ipykernel, started by :class:`equitykit.kernels.warm.WarmProvisioner`."""

_SPECS = Path(__file__).parent / "specs"


def make_known() -> None:
    """Let this process and those that it starts find the course's kernels by name."""
    known = os.environ.get("JUPYTER_PATH", "")
    if str(_SPECS) not in known.split(os.pathsep):
        os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [str(_SPECS), known]))


def available() -> bool:
    """Return whether this system can fork kernels: Linux can."""
    return hasattr(os, "fork") and hasattr(os, "pidfd_open")


def share() -> None:
    """Let this process and those that it starts fork their kernels from one warm process, where the system can."""
    if available():
        from equitykit.kernels.warm import Nursery

        make_known()
        Nursery.at_hand()
