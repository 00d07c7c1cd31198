"""Which model serves: files beside the models that name one version each.

``champion`` serves.  ``challenger`` was trained last and waits for its gates.
``previous`` served before, and serves again after a rollback.

Several of them change together by a journal: what they shall be is written first, at
one stroke, and then applied.  Whoever was stopped in between is finished by the next
who asks for a change; the service reads ``champion`` alone, which is whole at any time.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from mutasi.errors import AliasUnreadable, ArtifactMissing

JOURNAL = "aliases.next"
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
"""What a version looks like: the name of a folder, never a way out of it."""


class Alias(StrEnum):
    """What a model is to those who use it."""

    CHAMPION = "champion"
    CHALLENGER = "challenger"
    PREVIOUS = "previous"


def version_of(models: Path, alias: Alias = Alias.CHAMPION) -> str | None:
    """Return the version that an alias names; None if it names none.

    Args:
        models: Folder of all models, one folder each.
        alias: Which.

    Raises:
        AliasUnreadable: If its file names no version.
    """
    try:
        told = (models / alias).read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    except (UnicodeDecodeError, IsADirectoryError):
        raise AliasUnreadable(path=models / alias) from None
    if not VERSION.fullmatch(told):
        raise AliasUnreadable(path=models / alias)
    return told


def folder_of(models: Path, alias: Alias = Alias.CHAMPION) -> Path:
    """Return the folder of the model that an alias names.

    Raises:
        ArtifactMissing: If it names none.
    """
    version = version_of(models, alias)
    if version is None:
        raise ArtifactMissing(path=models)
    return models / version


def all_of(models: Path) -> dict[Alias, str | None]:
    """Return what every alias names, after a change that was cut short is finished."""
    settle(models)
    return {alias: version_of(models, alias) for alias in Alias}


def champion_since(models: Path) -> datetime | None:
    """Return when the champion was named, as the file says; None if there is none."""
    try:
        return datetime.fromtimestamp((models / Alias.CHAMPION).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None


def change(models: Path, wanted: Mapping[Alias, str | None]) -> None:
    """Make aliases name other versions: all of them, or none.

    Args:
        models: Folder of all models.
        wanted: The version that each shall name; None leaves it naming none.
    """
    settle(models)
    _write(models / JOURNAL, json.dumps(wanted))
    settle(models)


def settle(models: Path) -> None:
    """Finish a change that was cut short; nothing if there is none."""
    journal = models / JOURNAL
    try:
        wanted = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    except ValueError:
        raise AliasUnreadable(path=journal) from None
    for alias, version in wanted.items():
        if version is None:
            (models / alias).unlink(missing_ok=True)
        elif version_of(models, Alias(alias)) != version:
            _write(models / alias, version)
    journal.unlink()


def _write(file: Path, text: str) -> None:
    beside = file.with_name(f"{file.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(file)
