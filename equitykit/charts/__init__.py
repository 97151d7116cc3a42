"""Charts as accessible figures. Importing this package puts the course's theme and renderer in place."""

from equitykit.charts import renderer, still, theme
from equitykit.charts.figures import Figure, figure
from equitykit.charts.gradients import deciles
from equitykit.charts.intervals import interval_dots

__all__ = ["Figure", "deciles", "figure", "interval_dots", "renderer", "still", "theme"]
