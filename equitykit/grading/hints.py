"""What a check cell says about an answer: which misreading it looks like, and what to look at again.

A check cell compares an answer with the right one through these functions. They accept any kind of number
(a float, a NumPy scalar, a Series of one value, a result of the kit with its ``estimate``), they never print, and they
fail with an ``AssertionError`` whose message names the misreading that gives exactly the learner's value, where one
does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np


def number(answer: object, name: str) -> float:
    """Return `answer` as a float.

    Parameters
    ----------
    answer : object
        What a learner's code gave.
    name : str
        What to call it in the message.

    Raises
    ------
    AssertionError
        If it is not one finite number; the message says what it is instead.
    """
    if answer is None:
        raise AssertionError(f"{name}: nothing came back. Does the function end in `return …`?")
    value: Any = getattr(answer, "estimate", answer)
    values = np.asarray(value, dtype=object).reshape(-1)
    if isinstance(value, (str, bytes, Mapping)) or len(values) != 1:
        kind = type(value).__name__
        raise AssertionError(f"{name}: one number is asked for; yours is a {kind}. Pick the one value that is meant.")
    try:
        plain = float(values[0])
    except (TypeError, ValueError):
        kind = type(value).__name__
        raise AssertionError(f"{name}: a number is asked for; yours is a {kind}. Pick the one value meant.") from None
    if not math.isfinite(plain):
        raise AssertionError(f"{name}: yours is {plain}. Look for an empty selection, or for a division by nothing.")
    return plain


def field(answer: object, key: str, name: str) -> Any:
    """Return the part of an answer that is called `key`: of a dict, a Series or a result with such an attribute.

    Raises
    ------
    AssertionError
        If there is none; the message lists what is there.
    """
    if answer is None:
        raise AssertionError(f"{name}: nothing came back. Does the function end in `return …`?")
    if hasattr(answer, "keys"):
        keys = [str(known) for known in list(answer.keys())]
        if key in keys:
            return answer[key]  # type: ignore[index]
        raise AssertionError(
            f"{name}: your answer has {', '.join(keys) or 'no keys'}; the key {key!r} is asked for too."
        )
    if hasattr(answer, key):
        return getattr(answer, key)
    kind = type(answer).__name__
    raise AssertionError(f"{name}: a dict with the key {key!r} is asked for; yours is a {kind}.")


def near(
    answer: object,
    right: float,
    name: str,
    *,
    misreadings: Iterable[tuple[float, str]] = (),
    otherwise: str,
    within: float = 0.01,
) -> None:
    """Check a number, and say which misreading a wrong one comes from.

    Parameters
    ----------
    answer : object
        What a learner's code gave.
    right : float
        The right value.
    name : str
        What the number is, as the message calls it.
    misreadings : iterable of (float, str), optional
        Values that known misreadings give, each with its hint; the first that fits is used. A value as near to the
        right one as `within` is left out: it cannot be told apart here.
    otherwise : str
        The hint for any other value.
    within : float
        How far from the right value is still right, in the value's own unit.

    Raises
    ------
    AssertionError
        If the value is further away than that.
    """
    value = number(answer, name)
    if abs(value - right) <= within:
        return
    for wrong, hint in misreadings:
        if abs(wrong - right) > within and abs(value - wrong) <= within:
            raise AssertionError(f"{name}: yours is {value:.4g}. {hint}")
    raise AssertionError(f"{name}: yours is {value:.4g}. {otherwise}")


def same(
    answer: Any, right: object, name: str, *, misreadings: Iterable[tuple[object, str]] = (), otherwise: str
) -> None:
    """Check a word, a truth value, ``None`` or a set of them, and say which misreading a wrong one comes from.

    Words are compared without regard to capitals and outer spaces; a list stands for a set.

    Raises
    ------
    AssertionError
        If the answer is another one.
    """
    given = _plain(answer)
    if given == _plain(right):
        return
    shown = "nothing" if answer is None else repr(answer.item() if _is_numpy_scalar(answer) else answer)
    for wrong, hint in misreadings:
        if given == _plain(wrong):
            raise AssertionError(f"{name}: yours is {shown}. {hint}")
    raise AssertionError(f"{name}: yours is {shown}. {otherwise}")


def _is_numpy_scalar(answer: Any) -> bool:
    return type(answer).__module__ == "numpy" and hasattr(answer, "item") and getattr(answer, "size", 0) == 1


def _plain(answer: Any) -> object:
    """Return an answer as a plain value that compares as one reads it."""
    if isinstance(answer, str):
        return answer.strip().lower()
    if isinstance(answer, tuple):
        return tuple(_plain(item) for item in answer)
    if isinstance(answer, (list, set, frozenset)):
        return frozenset(_plain(item) for item in answer)
    if _is_numpy_scalar(answer):
        return _plain(answer.item())
    if isinstance(answer, float) and answer.is_integer():
        return int(answer)
    if answer is None or isinstance(answer, (bool, int, float)):
        return answer
    return repr(answer)
