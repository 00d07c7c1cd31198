"""Processes of one service: none outlives the one that started it."""

import os
import signal
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


def end_with_parent() -> None:
    """Stop this process, as when it is told to, once the process that started it has ended.

    A worker process whose parent was killed would keep the port, and answer by what was
    loaded then, for as long as it lives.
    """
    parent = parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent.sentinel,), daemon=True).start()


def _end_after(sentinel: int) -> None:
    wait([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
