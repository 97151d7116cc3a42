"""Two combinations of one chart: which claims more than it shows? The figures come from the dataset."""

from __future__ import annotations

from typing import Any

from equitykit.widgets.composer_charts import course_charts

ANSWERS = {"a": "A", "b": "B", "both": "both", "neither": "neither", "shown": "no prediction"}


def tests() -> list[dict[str, Any]]:
    """Return what is to be judged: a chart, two captions each with a drawing, and what each claims."""
    (chart,) = course_charts("improved-homes")
    wheeze = chart["points"][0]
    less, least, most = (round(100 * (1 - wheeze[one])) for one in ("value", "high", "low"))
    return [
        {
            "id": "homes",
            "chart": chart,
            "ask": "One chart, two posters made for this course. Which claims more than it shows?",
            "combinations": [
                {
                    "id": "a",
                    "claim": "Fewer reports of wheezing in insulated homes",
                    "caption": f"In a trial in New Zealand lot decided which homes were insulated first. There the "
                    f"odds of reported wheezing were {less}% lower (95% interval {least}% to {most}%).",
                    "drawing": "houses",
                    "more": True,
                    "why": f"Every word is borne out. The drawing is not: rain and blotches before, sun and a clean "
                    f"wall after. It says cured. The odds were {less}% lower, not 100%, and none of the studies "
                    "measured mould.",
                },
                {
                    "id": "b",
                    "claim": "Insulate the house, and people report less illness",
                    "caption": "Nobody changed the tenants. Lot decided whose house came first, so in this trial the "
                    "insulation made the difference to what people reported. They knew which houses had it.",
                    "drawing": "room",
                    "more": False,
                    "why": "It sounds bold, and the trial bears it out: lot decided, so the figures may speak of a "
                    "cause, and it says that people knew and that they reported. The plan of a room adds where damp "
                    "begins. It claims no size and no cure.",
                },
            ],
            "answer": "a",
            "truth": "The claim is made by the pair. A careful caption does not mend a picture that says more. "
            "Read both together before you let either out.",
        }
    ]
