"""What the stepwise explorer says at each step, unless a page passes texts of its own.

The data: Mathur and others, Lancet 2021;397:1711-24, doi 10.1016/S0140-6736(21)00634-6, and the code and outputs that
its authors published (github.com/opensafely/ethnicity-covid-research): which variables each model holds, that all five
are stratified by NHS area, the mean ages, shares by deprivation and household sizes of its Table 1. How to read a
coefficient once what lies on the pathway is adjusted for: VanderWeele and Robinson, Epidemiology 2014;25:473-84,
doi 10.1097/EDE.0000000000000105.

In the texts, ``{group}`` is the group in focus ("people recorded as Black"), ``{reference}`` the reference group,
``{outcome}`` what happened ("dying with COVID-19").
"""

from __future__ import annotations

from typing import Any

READINGS = ("above", "unclear", "below")
"""How an interval stands to 1: all of it above, holding 1, all of it below."""

OUTCOMES: list[dict[str, str]] = [
    {
        "outcome": "death with COVID-19",
        "label": "Death with COVID-19",
        "doing": "dying with COVID-19",
        "note": "Deaths with COVID-19 anywhere on the death certificate.",
    },
    {
        "outcome": "intensive care admission",
        "label": "Intensive care with COVID-19",
        "doing": "being admitted to intensive care with COVID-19",
        "note": (
            "Intensive care is illness and access at once: someone has to fall ill, and someone has to offer a bed."
        ),
    },
    {
        "outcome": "positive test",
        "label": "Positive test",
        "doing": "testing positive",
        "note": ("Only people who could get a test could test positive, so this mixes infection with access to tests."),
    },
    {
        "outcome": "tested for SARS-CoV-2",
        "label": "Tested",
        "doing": "being tested",
        "note": (
            "Being tested is no harm in itself. A ratio above 1 may mean more illness, more risk at "
            "work or better access."
        ),
    },
    {
        "outcome": "death without COVID-19",
        "label": "Death without COVID-19",
        "doing": "dying without COVID-19",
        "note": (
            "Deaths with no COVID-19 on the certificate, in the same months: a comparison for the "
            "pandemic's own pattern."
        ),
    },
    {
        "outcome": "death from any cause",
        "label": "Death from any cause",
        "doing": "dying from any cause",
        "note": ("All deaths in these months. Five and a half months of one year are no measure of a whole life."),
    },
]

STEPS: list[dict[str, Any]] = [
    {
        "model": "crude",
        "title": "Crude",
        "kind": "start",
        "added": "nothing yet",
        "compares": "Everyone as they are, compared within the same NHS area.",
        "stop_here": {
            "above": "that this ratio is the whole inequality, and that being {group} is the risk.",
            "unclear": "that {group} met no inequality in {outcome}.",
            "below": "that {group} were protected from {outcome}.",
        },
        "structure": (
            "It counts what happened, and adds nothing yet. The groups differ in age: on average 51 "
            "years among people recorded as White, 43 as South Asian, 44 as Black (same study, Table "
            "1). COVID-19 killed mostly older people, so for deaths a younger group can look safe "
            "while people of every age in it die sooner. The crude ratio is still a fact: it says how "
            "often the event happened."
        ),
        "remains": (
            "Everything at once: different ages, and every way in which housing, work, money, care "
            "and racism reach the body."
        ),
    },
    {
        "model": "age and sex",
        "title": "Age and sex",
        "kind": "confounder",
        "added": "age and sex",
        "compares": "People of the same age and sex, in the same NHS area.",
        "stop_here": {
            "above": "that something in the bodies or the habits of {group} makes {outcome} more likely.",
            "unclear": "that there is no inequality left to explain.",
            "below": "that {group} have nothing to fear, and need nothing.",
        },
        "structure": (
            "Age and sex are confounders here. The groups differ in age mainly because of when people "
            "moved to Britain and when children were born, and age changes the risk for everybody, so "
            "comparing like with like is fairer. It is not perfectly clean: who lives long enough to "
            "grow old is unequal too."
        ),
        "remains": (
            "The model holds no gene, no habit and no racism. The ratio stands for all that being "
            "placed in this group exposed people to: areas, homes, jobs, care, treatment by others."
        ),
    },
    {
        "model": "age, sex and IMD",
        "title": "Area deprivation",
        "kind": "pathway",
        "added": "the Index of Multiple Deprivation (IMD) of the area where people live, in fifths",
        "compares": "People of the same age and sex, in areas of the same fifth of deprivation.",
        "stop_here": {
            "above": "that poverty has been dealt with, so that the rest must lie in {group} themselves.",
            "unclear": "that it was “only poverty”, and racism had no part in it.",
            "below": "that deprivation was the one thing that mattered, and it has now been removed.",
        },
        "structure": (
            "IMD stands for exposure to a structure: which areas wages, housing policy and "
            "discrimination leave open to people. 40% of people recorded as Black and 33% as South "
            "Asian lived in the most deprived fifth of areas, 18% of people recorded as White (same "
            "study, Table 1). Read so, it is part of the pathway from racism to health, not a rival "
            "explanation. Adding it asks: what gap would be left if areas were equal?"
        ),
        "remains": (
            "A fifth of all areas is a blunt measure. Income, overcrowding, work and savings differ "
            "inside it, and so does how people are treated."
        ),
    },
    {
        "model": "plus comorbidities",
        "title": "Recorded health",
        "kind": "pathway",
        "added": (
            "long-term conditions, body mass index, blood sugar and pressure, smoking, and the number "
            "of GP consultations"
        ),
        "compares": "People of the same age, sex, area deprivation and recorded health.",
        "stop_here": {
            "above": "that health has been taken into account, so that what is left must be genes.",
            "unclear": ("that “underlying conditions” were the cause, and that they are each person’s own affair."),
            "below": "that {group} were simply the healthier people.",
        },
        "structure": (
            "Much of this is pathway too. Conditions such as diabetes are one way in which years of "
            "unequal work, food, air, stress and care get into the body. Consultations count use of a "
            "service, and so also how easy it was to reach. Some conditions have nothing to do with "
            "any of this: the model cannot tell which."
        ),
        "remains": (
            "Conditions that nobody diagnosed or wrote down, and all that is not health: exposure at "
            "work and at home, and care once ill."
        ),
    },
    {
        "model": "plus household size",
        "title": "Household size",
        "kind": "pathway",
        "added": "the number of people registered at the same address, in bands",
        "compares": "People alike in age, sex, area deprivation, recorded health and household size.",
        "stop_here": {
            "above": "that everything has been accounted for, and the rest is in the people themselves.",
            "unclear": "that it was the way families live, so that households are to blame.",
            "below": "that nothing unequal happened to {group}.",
        },
        "structure": (
            "Household size stands for housing: how many people share the space they can afford. It "
            "stands for care and company as well, so it is no fault. It matters when infection comes "
            "home from work and nobody has a room to isolate in. It counts people, not rooms, and one "
            "person in seven had no known household size (same study, Table 1)."
        ),
        "remains": (
            "No model here holds occupation, income, sick pay, overcrowding, the quality of care or "
            "racism itself. What they do is still in the ratio."
        ),
    },
]

CLOSING = (
    "A ratio that shrinks from step 2 to step 5 has not been explained away. It says how large a gap the "
    "model would expect if areas, recorded health and households were equal. They were not. The distance "
    "between the steps is a rough sketch of the pathway, and the pathway runs through decisions about "
    "housing, work and care."
)

SPECIAL = {
    "reference": (
        "that {reference} are the normal case and all others the exception. They are the ruler, at 1 "
        "in every model because the authors chose them. Other people’s ratios also describe what "
        "{reference} were spared."
    ),
    "unrecorded": (
        "that this is a community like the others. It is not one: it is everybody whose GP record "
        "held no ethnicity, so its ratio describes how records are kept as well as the people behind "
        "them."
    ),
    "missing": (
        "that nothing happened. The source publishes no estimate here, and no estimate is not an estimate of no effect."
    ),
}
"""What a reader might conclude about a focus that is the reference, has no recorded ethnicity, or no estimate."""
