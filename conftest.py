"""For all tests and all notebooks: warm kernels where the system can, and which of them stay together."""

from __future__ import annotations

from typing import Any

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
    """Begin with what takes long, so that no process works alone at the end."""
    items.sort(key=lambda item: not item.get_closest_marker("slow"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep a file's tests and a notebook's cells in one process, where they name no group of their own."""
    if config.getvalue("dist") != "loadgroup":
        return None
    from xdist.scheduler import LoadGroupScheduling

    class Together(LoadGroupScheduling):
        def _split_scope(self, nodeid: str) -> str:
            group = super()._split_scope(nodeid)
            return nodeid.partition("::")[0] if group == nodeid else group

    return Together(config, log)
