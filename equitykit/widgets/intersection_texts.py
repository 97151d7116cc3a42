"""What the intersection explorer says about the course's synthetic people: axes, outcomes, and what nobody counted."""

from __future__ import annotations

from typing import Any

AXES: list[dict[str, Any]] = [
    {
        "key": "sex",
        "label": "sex (sexism)",
        "name": "sex",
        "system": "sexism",
        "values": ["female", "male"],
        "labels": ["female", "male"],
        "reference": 1,
        "first": 0,
        "limits": "Sex has two boxes and gender identity has none. Trans, non-binary and intersex people cannot be "
        "seen here, and so what transphobia does cannot be counted.",
    },
    {
        "key": "ethnic_group",
        "label": "ethnicity (racism)",
        "name": "ethnicity",
        "system": "racism",
        "values": ["White", "Asian", "Black", "Mixed", "Other"],
        "labels": ["White", "Asian", "Black", "Mixed", "Other"],
        "reference": 0,
        "first": 2,
        "limits": "Five ethnic groups stand for many. Whoever is inside ‘Asian’, ‘Black’, ‘Mixed’, ‘Other’ or "
        "‘White’, such as Gypsy, Roma and Irish Traveller people, cannot be told apart.",
    },
    {
        "key": "disabled",
        "label": "disability (ableism)",
        "name": "disability",
        "system": "ableism",
        "values": [False, True],
        "labels": ["not disabled", "disabled"],
        "reference": 0,
        "first": 1,
        "limits": "Disability is one yes or no. It says nothing of the barriers that people meet, nor of what was "
        "done about them.",
    },
    {
        "key": "deprivation_fifth",
        "label": "deprivation (unequal resources)",
        "name": "deprivation",
        "system": "unequal resources",
        "values": [1, 2, 3, 4, 5],
        "labels": ["fifth 1 (most deprived)", "fifth 2", "fifth 3", "fifth 4", "fifth 5 (least deprived)"],
        "reference": 4,
        "first": 0,
        "limits": "Deprivation is an area's. Nobody's own income, wealth or class is in the table.",
    },
    {
        "key": "sexual_orientation",
        "label": "sexual orientation (homophobia, biphobia)",
        "name": "sexual orientation",
        "system": "homophobia",
        "values": ["straight", "LGB+", "not answered"],
        "labels": ["straight", "LGB+", "orientation not answered"],
        "reference": 0,
        "first": 1,
        "limits": "‘LGB+’ puts lesbian, gay, bisexual and other people into one box, and leaving a question "
        "unanswered is not an orientation.",
    },
]
"""The axes in their order, each with the system that it stands for, its values, and the position that it is compared
with: the one that the system serves best, which is a choice and no norm. ``first`` is the position read at first."""

OUTCOMES: list[dict[str, str]] = [
    {
        "key": "difficulty_getting_appointment",
        "label": "Difficulty getting an appointment",
        "did": "had difficulty getting an appointment",
        "noun": "difficulty getting an appointment",
    },
    {
        "key": "good_health",
        "label": "Good health",
        "did": "were in good or very good health",
        "noun": "good health",
    },
]

ABSENT = "age, gender identity, religion, migration status and class"
"""What no row of the table holds."""
