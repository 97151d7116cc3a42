"""nbval over all modules: in parallel processes against one after the other, in one run."""

import subprocess
import sys
import time

from tests.book.built import ROOT


def seconds(*options: str) -> float:
    """Return how long nbval takes over all modules."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options]
    start = time.perf_counter()
    subprocess.run([*command, "modules"], cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - start


def test_parallel_is_faster() -> None:
    """At least 1.6 times the serial run, on two cores."""
    serial = seconds("-p", "no:xdist")
    parallel = seconds("-n", "2", "--dist", "loadgroup", "--no-loadscope-reorder")
    print(f"\nnbval: {serial:.1f} s serial, {parallel:.1f} s on two processes: {serial / parallel:.2f} times")
    assert serial / parallel >= 1.6
