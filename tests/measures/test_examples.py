"""The examples in the docstrings say what is so, every public function has one, and every result is a result."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

from equitykit import measures

MODULES = ["equitykit.measures"] + [
    f"equitykit.measures.{module.name}" for module in pkgutil.iter_modules(measures.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_say_what_is_so(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("name", sorted(measures.__all__))
def test_a_public_function_says_what_it_takes_gives_and_refuses_with_an_example(name):
    thing = getattr(measures, name)
    if not inspect.isfunction(thing):
        return
    for heading in ("Parameters\n", "Returns\n", "Examples\n"):
        assert heading in thing.__doc__, f"{name} lacks {heading.strip()}"


def test_a_result_cannot_be_changed():
    result = measures.Result("crude rate", 1, 0, 2, 0.95, "by hand", computed_from={"count": 1})
    with pytest.raises(AttributeError):
        result.estimate = 2
    with pytest.raises(TypeError):
        result.computed_from["count"] = 2


@pytest.mark.parametrize(
    ("estimate", "low", "high", "shown"),
    [
        (0.04, -0.0001, 0.1, "0.0400 (95% interval −0.0001 to 0.1000)"),
        (12345.6, 11000.2, 13000.9, "12,346 (95% interval 11,000 to 13,001)"),
        (-3.2, -3.5, -0.001, "−3.20 (95% interval −3.50 to 0.00)"),
        (0, 0, 3.69, "0.00 (95% interval 0.00 to 3.69)"),
    ],
)
def test_numbers_are_shown_to_three_figures(estimate, low, high, shown):
    assert repr(measures.Result("gap", estimate, low, high, 0.95, "by hand")) == f"<Gap: {shown}>"
