"""The interactives: one Python class and one JavaScript module each."""

from equitykit.widgets.base import Interactive

__all__ = ["Interactive"]
