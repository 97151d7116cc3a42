"""For all tests and all notebooks: warm kernels where the system can, and which of them stay together."""

import pytest

from equitykit import kernels


def pytest_configure(config: pytest.Config) -> None:
    """Have nbval run the modules' notebooks in warm kernels."""
    if kernels.available():
        kernels.make_known()
        config.option.nbval_current_env = False
        config.option.nbval_kernel_name = kernels.WARM


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests together where they do not say otherwise, and begin with what takes long."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: not item.get_closest_marker("slow"))
