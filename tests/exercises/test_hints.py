"""Check cells accept any kind of right answer, and say of a wrong one which misreading it looks like."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from equitykit.grading import hints

RIGHT = [
    2,
    2.0,
    np.float64(2),
    np.int64(2),
    np.array(2.0),
    np.array([2.0]),
    np.array([[2.0]]),
    pd.Series([2.0], index=["x"]),
    pd.DataFrame({"x": [2.0]}),
    [2],
    SimpleNamespace(estimate=2.0),
]


@pytest.mark.parametrize("answer", RIGHT, ids=lambda answer: type(answer).__name__)
def test_any_kind_of_number_is_a_number(answer: Any) -> None:
    assert hints.number(answer, "rate") == 2.0


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "rate: nothing came back. Does the function end in `return …`?"),
        ("2", "one number is asked for; yours is a str"),
        ([1, 2], "one number is asked for; yours is a list"),
        ({"rate": 2}, "one number is asked for; yours is a dict"),
        (pd.Series([1.0, 2.0]), "one number is asked for; yours is a Series"),
        (np.array([[1.0], [2.0]]), "one number is asked for; yours is a ndarray"),
        (np.nan, "Look for an empty selection"),
        (np.inf, "a division by nothing"),
        (pd.NA, "a number is asked for; yours is a NAType"),
        (object(), "a number is asked for; yours is a object"),
    ],
)
def test_what_is_no_number_is_told_what_it_is(answer: Any, said: str) -> None:
    with pytest.raises(AssertionError) as raised:
        hints.number(answer, "rate")
    assert said in str(raised.value)


@pytest.mark.parametrize("answer", [{"low": 1}, pd.Series({"low": 1}), SimpleNamespace(low=1)])
def test_a_part_is_found_in_a_dict_a_series_or_a_result(answer: Any) -> None:
    assert hints.field(answer, "low", "limits") == 1


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (None, "nothing came back"),
        ({"Low": 1, "high": 2}, "your answer has Low, high; the key 'low' is asked for too."),
        ({}, "your answer has no keys"),
        (3.0, "a dict with the key 'low' is asked for; yours is a float."),
    ],
)
def test_a_part_that_is_missing_is_named(answer: Any, said: str) -> None:
    with pytest.raises(AssertionError) as raised:
        hints.field(answer, "low", "limits")
    assert said in str(raised.value)


def near(answer: Any) -> None:
    hints.near(
        answer,
        10.0,
        "rate",
        misreadings=[(10.004, "cannot be told apart"), (50.0, "That is the count."), (np.nan, "never")],
        otherwise="Look at the denominator.",
    )


@pytest.mark.parametrize("answer", [10, 9.991, 10.009, np.float32(10)])
def test_a_number_near_the_right_one_passes(answer: Any) -> None:
    near(answer)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (50, "rate: yours is 50. That is the count."),
        (49.996, "rate: yours is 50. That is the count."),
        (10.012, "rate: yours is 10.01. Look at the denominator."),
        (-10, "rate: yours is -10. Look at the denominator."),
    ],
)
def test_a_wrong_number_is_told_its_misreading(answer: Any, said: str) -> None:
    with pytest.raises(AssertionError) as raised:
        near(answer)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    ("answer", "right"),
    [
        ("Wider ", "wider"),
        (np.True_, True),
        (None, None),
        (np.str_("wider"), "wider"),
        ([("a", 1), ("b", 2)], {("b", 2.0), ("a", np.int64(1))}),
        (1.0, 1),
    ],
)
def test_the_same_said_otherwise_is_the_same(answer: Any, right: Any) -> None:
    hints.same(answer, right, "reading", otherwise="Look again.")


class EqualToAll:
    """An object that claims to equal whatever it is compared with."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0


@pytest.mark.parametrize(
    ("answer", "right", "said"),
    [
        ("narrower", "wider", "reading: yours is 'narrower'. You read the ratio."),
        (np.False_, True, "reading: yours is False. Look again."),
        (None, True, "reading: yours is nothing. Look again."),
        ("True", True, "reading: yours is 'True'. Look again."),
        ([("a", 1)], {(1, "a")}, "reading: yours is [('a', 1)]. Look again."),
    ],
)
def test_another_answer_is_told_its_misreading(answer: Any, right: Any, said: str) -> None:
    with pytest.raises(AssertionError) as raised:
        hints.same(answer, right, "reading", misreadings=[("narrower", "You read the ratio.")], otherwise="Look again.")
    assert str(raised.value) == said


def test_an_object_that_claims_to_equal_all_earns_nothing() -> None:
    with pytest.raises(AssertionError):
        hints.same(EqualToAll(), "wider", "reading", otherwise="Look again.")
    with pytest.raises(AssertionError):
        hints.near(EqualToAll(), 1.0, "rate", otherwise="Look again.")
