"""For all tests and all notebooks: kernels are forked from one warm process, where the system can."""

import pytest

from equitykit import kernels


def pytest_configure(config: pytest.Config) -> None:
    """Have nbval run the modules' notebooks in warm kernels."""
    if kernels.available():
        kernels.make_known()
        config.option.nbval_current_env = False
        config.option.nbval_kernel_name = kernels.WARM
