"""Files and folders that are for their owner alone: they hold everybody's records, or keys.

Modes are given to what is made, never to what is there: that is the operator's.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

OWNER_ONLY: Final = 0o600
"""Mode of a file."""

OWNER_ONLY_FOLDER: Final = 0o700
"""Mode of a folder."""


def make_folder(folder: Path) -> None:
    """Make a folder, with those above it that are not there.

    Raises:
        OSError: If it cannot be made.
    """
    for each in reversed((folder, *folder.parents)):
        each.mkdir(OWNER_ONLY_FOLDER, exist_ok=True)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Name what is written in failures that name no file, as those of a full disk do not.

    Raises:
        OSError: If it cannot be written.
    """
    try:
        yield
    except OSError as failure:
        if failure.errno is None or failure.filename is not None:
            raise
        raise OSError(failure.errno, os.strerror(failure.errno), str(place)) from failure
