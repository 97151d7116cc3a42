"""A kernel provisioner that forks kernels from a warm process instead of starting Python and importing anew.

Only for code that one trusts: a kernel that runs somebody else's code belongs in a sandbox.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from equitykit.errors import CourseError

_SOCKET = "ask"
_KNOWN = "EQUITYKIT_NURSERY"  # a folder, known to the processes that this one starts
_PATIENCE = 120.0  # seconds for the imports, on a machine that has much else to do
_PAUSE = 0.05


class Nursery:
    """The process that kernels are forked from: one for a process and all that it starts."""

    _started: Nursery | None = None

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="equitykit-kernels-"))
        self.process = subprocess.Popen(
            [sys.executable, "-m", "equitykit.kernels.nursery", str(self.folder / _SOCKET)], stdin=subprocess.PIPE
        )
        atexit.register(self.close)

    @classmethod
    def at_hand(cls) -> Path:
        """Return the folder of the nursery of this process or of one that started it; start one if there is none."""
        given = os.environ.get(_KNOWN, "")
        if given and Path(given).is_dir():
            return Path(given)
        cls._started = cls()
        os.environ[_KNOWN] = str(cls._started.folder)
        return cls._started.folder

    def close(self) -> None:
        """End it, and with it the kernels that are left."""
        if os.environ.get(_KNOWN) == str(self.folder):
            del os.environ[_KNOWN]
        if self.process.stdin:
            self.process.stdin.close()
        self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


def fork(argv: list[str], cwd: str, env: dict[str, str]) -> int:
    """Return the process id of a new kernel.

    Parameters
    ----------
    argv : list of str
        What the kernel is told: ``-f`` and its connection file.
    cwd : str
        Where it starts.
    env : dict of str
        Its environment.

    Raises
    ------
    CourseError
        When the process that it is to be forked from does not answer.
    """
    request = json.dumps({"argv": argv, "cwd": cwd, "env": env}).encode()
    path = Nursery.at_hand() / _SOCKET
    waited = time.monotonic() + _PATIENCE
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as asking:
        asking.settimeout(_PATIENCE)
        while True:
            try:
                asking.connect(str(path))
            except OSError:
                if time.monotonic() > waited:
                    raise CourseError(f"{path}: no kernel can be forked, nobody answers there; start again.") from None
                time.sleep(_PAUSE)
            else:
                break
        asking.sendall(request)
        return int(asking.recv(64))


class ForkedProcess:
    """A process that is not one's own child, with what jupyter_client asks of a ``subprocess.Popen``."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        try:
            self._ending: int | None = os.pidfd_open(pid)
        except ProcessLookupError:
            self._ending = None

    def poll(self) -> int | None:
        """Return 0 when it has ended, else None: how it ended is not known here."""
        return self.wait(0)

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait until it has ended, or for so many seconds."""
        if self._ending is None:
            return 0
        if not select.select([self._ending], [], [], timeout)[0]:
            return None
        os.close(self._ending)
        self._ending = None
        return 0

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it lives."""
        if self._ending is not None:
            signal.pidfd_send_signal(self._ending, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts the kernel ``equitykit-warm``; named in its ``kernel.json``."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel; of the command, what follows the module's name is what the kernel is told."""
        argv = cmd[cmd.index("ipykernel_launcher") + 1 :]
        cwd = str(kwargs.get("cwd") or Path.cwd())
        pid = fork(argv, cwd, dict(kwargs.get("env") or os.environ))
        self.process = ForkedProcess(pid)  # type: ignore[assignment]  # a Popen in all that is asked of it
        self.pid = self.pgid = pid  # it leads a group of its own
        self.cwd = cwd
        return self.connection_info
