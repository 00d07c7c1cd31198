"""HiGHS by way of scipy, with what it prints kept away from what people print.

Where a search repairs a plan, HiGHS writes a line to standard output however quiet it
was asked to be; programs that read JSON there would stumble over it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scipy import optimize

OUTPUT = 1
"""Descriptor of the process's standard output."""


def milp(*args: Any, **options: Any) -> Any:
    """Return what :func:`scipy.optimize.milp` returns."""
    with _aside():
        return optimize.milp(*args, **options)


def linprog(*args: Any, **options: Any) -> Any:
    """Return what :func:`scipy.optimize.linprog` returns, by HiGHS."""
    with _aside():
        options["method"] = "highs"
        solver: Any = optimize.linprog  # whose stubs know no sparse rows
        return solver(*args, **options)


@contextmanager
def _aside() -> Iterator[None]:
    """Drop what is written to the process's output meanwhile."""
    kept, nowhere = os.dup(OUTPUT), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, OUTPUT)
    try:
        yield
    finally:
        os.dup2(kept, OUTPUT)
        os.close(kept)
        os.close(nowhere)
