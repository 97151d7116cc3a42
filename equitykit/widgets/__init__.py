"""The interactives: one Python class and one JavaScript module each."""

from equitykit.widgets.base import Interactive
from equitykit.widgets.check import Check, check

__all__ = ["Check", "Interactive", "check"]
