"""What the pipeline simulator says and assumes, unless a page passes gates or levers of its own.

A gate's ``ratio`` is how many times as likely the first side is to pass it as the second (the Workforce Race
Equality Standard's way round), with ``low`` and ``high`` for how far off that may be. ``of`` is how many of 100 on
the first side pass, which no ratio tells. ``each`` is how many years one passage of the gate stands for, 0 for a gate
passed once.
"""

from __future__ import annotations

from typing import Any

SIDES = {
    "small": ["The side the gates favour", "The side the gates hold back"],
    "published": ["White colleagues", "Black and minority ethnic (BME) colleagues"],
}
SHORT = {"small": ["favoured", "held-back"], "published": ["white", "BME"]}

GATES = [
    ("apply", "Hear of it and apply", "Whoever decides where the job is announced, and what it asks for", 60, 0),
    ("shortlist", "Be shortlisted", "Whoever reads the forms", 30, 0),
    ("appoint", "Be appointed", "The interview panel", 30, 0),
    ("stay", "Stay five years", "Managers, and those who set hours, duties and discipline", 60, 5),
    ("promote", "Be promoted", "The promotion panel, and whoever hands out the work that counts", 30, 5),
]

CALLBACKS = {
    "ratio": 1.6,
    "low": 1.3,
    "high": 2.0,
    "basis": "published",
    "note": (
        "Published for another setting: jobs advertised in Britain, all sectors, 2016–17. Identical applications with "
        "minority names had to be sent 60% more often for as many replies. The range is assumed."
    ),
    "source": "Centre for Social Investigation, Nuffield College, 2019",
    "url": "http://csi.nuff.ox.ac.uk/?p=1299",
}

ASSUMED: dict[str, dict[str, Any]] = {
    "apply": {"ratio": 1.1, "low": 1.0, "high": 1.25},
    "stay": {"ratio": 1.15, "low": 1.0, "high": 1.3},
    "promote": {"ratio": 1.25, "low": 1.0, "high": 1.5},
}

LEVERS: list[dict[str, Any]] = [
    {
        "id": "criteria",
        "title": "Criteria: fixed before anyone is seen",
        "does": "The same questions for all, scored against written criteria, with the scores published",
        "kind": "close",
        "acts": ["shortlist", "appoint", "promote"],
        "low": 0.2,
        "high": 0.6,
        "whose": "institution",
        "assumes": "closes 20% to 60% of the gap at three gates",
    },
    {
        "id": "culture",
        "title": "Culture: a workplace people need not leave",
        "does": "Complaints acted on by someone outside the team, fair duties, managers answerable for who leaves",
        "kind": "close",
        "acts": ["stay"],
        "low": 0.1,
        "high": 0.5,
        "whose": "institution",
        "assumes": "closes 10% to 50% of the gap in staying",
    },
    {
        "id": "routes",
        "title": "Routes: another way in",
        "does": "Paid apprenticeships and secondments with their own entry, for the same jobs",
        "kind": "route",
        "acts": ["apply", "shortlist", "appoint"],
        "low": 0.2,
        "high": 0.4,
        "whose": "institution",
        "assumes": "fills 20% to 40% of posts; there, for every 100 of one side 90 to 110 of the other come in",
    },
    {
        "id": "training",
        "title": "Training for applicants",
        "does": "Workshops on forms, interviews and confidence for those whom the gates hold back",
        "kind": "lift",
        "acts": ["shortlist", "appoint"],
        "low": 0.0,
        "high": 0.1,
        "whose": "applicants",
        "assumes": "makes every trained applicant up to 10% likelier to pass two gates",
    },
]

LEFT_OUT = [
    [
        "Nobody in it is a person",
        "“BME” puts many groups in one word. Sex, class, disability, faith and migration rules are not in it.",
    ],
    [
        "The gates do not talk to each other",
        "In life, who is let in today sits on tomorrow’s panel, and people who were stopped try again or go elsewhere.",
    ],
    [
        "One national ratio, used again and again",
        "The published ratio is for one gate, all grades together. Using it year after year is a what-if.",
    ],
    [
        "Staying is counted, not what it costs",
        "People who stay in a hostile workplace count as a success here.",
    ],
    [
        "Nobody fights back",
        "Staff networks, unions and claims in court change gates. Here gates change only if you press a button.",
    ],
    [
        "Assumptions stay assumptions",
        "The ranges carry what we assumed about each gate and lever. They do not carry a model that is wrong.",
    ],
]

DEFICIT = (
    "A pipe leaks by itself, and nobody is to blame for a leak. That is how the word can become a deficit story: "
    "people “drop out”, “lack confidence” or “do not come forward”. So they are the ones to train, and filling the "
    "near end is enough. Here everyone is equally qualified from the start. All of the difference arises at a gate, "
    "and each gate has someone who decides. Ask who pushes, not who leaks."
)
