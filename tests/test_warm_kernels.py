"""A warm kernel is an ordinary kernel that starts at once: alone in its process, and gone when it ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from equitykit import kernels

pytestmark = pytest.mark.skipif(not kernels.available(), reason="only Linux can fork kernels")


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Any]:
    kernels.share()
    running: list[tuple[KernelManager, BlockingKernelClient]] = []

    def started(**environment: str) -> tuple[KernelManager, BlockingKernelClient]:
        manager = KernelManager(kernel_name=kernels.WARM)
        manager.start_kernel(cwd=str(tmp_path), env={**os.environ, **environment})
        client = manager.client()
        client.start_channels()
        client.wait_for_ready(timeout=120)
        running.append((manager, client))
        return manager, client

    yield started
    for manager, client in running:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def answer(client: BlockingKernelClient, code: str) -> str:
    """What the kernel makes of an expression."""
    asked = client.execute_interactive(
        "", user_expressions={"said": code}, timeout=60, output_hook=lambda message: None
    )
    said = asked["content"]["user_expressions"]["said"]
    return said["data"]["text/plain"] if said["status"] == "ok" else f"{said['ename']}: {said['evalue']}"


def test_it_starts_where_it_is_told_with_the_environment_it_is_told(start: Any, tmp_path: Path) -> None:
    _, client = start(SOME_WORD="some value")
    assert answer(client, "__import__('os').getcwd()") == repr(str(tmp_path))
    assert answer(client, "__import__('os').environ['SOME_WORD']") == "'some value'"
    assert answer(client, "__name__") == "'__main__'"
    assert answer(client, "'pandas' in __import__('sys').modules") == "True"


def test_two_of_them_share_nothing(start: Any) -> None:
    _, one = start()
    _, two = start()
    one.execute("import pandas; pandas.DataFrame = None; mine = 5", reply=True, timeout=60)
    assert answer(two, "__import__('pandas').DataFrame.__name__") == "'DataFrame'"
    assert answer(two, "mine") == "NameError: name 'mine' is not defined"
    draw = "(__import__('random').random(), __import__('numpy').random.rand())"
    assert answer(one, draw) != answer(two, draw)


def test_one_that_ends_by_itself_is_seen_to_have_ended(start: Any) -> None:
    manager, client = start()
    assert manager.is_alive()
    client.execute("import os; os._exit(3)")
    assert manager.provisioner.process.wait(30) == 0
    assert not manager.is_alive()


def test_one_that_loops_is_interrupted_and_one_that_will_not_be_is_killed(start: Any) -> None:
    manager, client = start()
    client.execute("print('in'); import time; time.sleep(100)")
    while client.get_iopub_msg(timeout=30)["msg_type"] != "stream":
        pass  # until it is in the loop
    manager.interrupt_kernel()
    while client.get_shell_msg(timeout=30)["msg_type"] != "execute_reply":
        pass
    assert answer(client, "'still here'") == "'still here'"
    pid = manager.provisioner.pid
    manager.shutdown_kernel(now=True)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
