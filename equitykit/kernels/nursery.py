"""The process that warm kernels are forked from: it imports once, then forks a kernel for each request.

Started by :mod:`equitykit.kernels.warm` as ``python -m equitykit.kernels.nursery SOCKET``. It runs no thread and no
event loop, so that a fork is a clean start; it ends when its starter's end of the pipe on stdin closes.
"""

from __future__ import annotations

import importlib
import json
import os
import random
import select
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

IMPORTED = (
    "ipykernel.kernelapp",
    "pandas",
    "altair",
    "equitykit.charts",
    "equitykit.data",
    "equitykit.measures",
    "equitykit.widgets",
)
_LONGEST = 1 << 20  # bytes of a request: an environment


def serve(path: Path) -> None:
    """Fork a kernel for every request on a socket until stdin closes.

    A request is one JSON object: ``argv`` of the kernel, ``cwd`` and ``env``. The answer is the kernel's process id.
    """
    for name in IMPORTED:
        importlib.import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits here for kernels that end
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listening:
        listening.bind(str(path))
        listening.listen(64)
        while True:
            ready, _, _ = select.select([listening, sys.stdin], [], [])
            if sys.stdin in ready:
                return
            asking, _ = listening.accept()
            request = json.loads(asking.recv(_LONGEST))
            child = os.fork()
            if child == 0:
                listening.close()
                asking.close()
                _live(request)
            asking.sendall(str(child).encode())
            asking.close()


def _live(request: dict[str, Any]) -> None:
    """Become a kernel; never returns."""
    status = 1
    with suppress(Exception):
        os.setsid()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(request["env"], JPY_PARENT_PID=str(os.getppid()))
        os.chdir(request["cwd"])
        nothing = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(nothing, stream)
        sys.argv = ["ipykernel_launcher", *request["argv"]]
        sys.path[0] = ""
        _reseed()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance(argv=request["argv"])
        status = 0
    os._exit(status)


def _reseed() -> None:
    """Give the fork random numbers of its own."""
    import numpy

    random.seed()
    numpy.random.seed()  # the global generator is what is forked


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
