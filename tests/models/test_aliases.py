"""Who serves changes at one stroke, or not at all."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models import aliases
from models.aliases import Alias
from mutasi.errors import ArtifactMissing

BEFORE = {Alias.CHAMPION: "old", Alias.CHALLENGER: "new", Alias.PREVIOUS: "older"}
AFTER = {Alias.CHAMPION: "new", Alias.CHALLENGER: None, Alias.PREVIOUS: "old"}


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models whose aliases all name one."""
    aliases.change(tmp_path, BEFORE)
    return tmp_path


def test_an_alias_names_a_version(models: Path) -> None:
    assert aliases.version_of(models) == "old"
    assert aliases.folder_of(models, Alias.PREVIOUS) == models / "older"
    assert aliases.all_of(models) == BEFORE


def test_a_change_leaves_nothing_beside_the_aliases(models: Path) -> None:
    aliases.change(models, AFTER)

    assert aliases.all_of(models) == AFTER
    assert sorted(file.name for file in models.iterdir()) == ["champion", "previous"]


def test_what_is_not_asked_for_stays(models: Path) -> None:
    aliases.change(models, {Alias.CHALLENGER: "newest"})

    assert aliases.all_of(models) == BEFORE | {Alias.CHALLENGER: "newest"}


def test_where_nothing_was_named_no_model_is_found(tmp_path: Path) -> None:
    assert aliases.version_of(tmp_path) is None
    assert aliases.champion_since(tmp_path) is None
    assert aliases.all_of(tmp_path) == dict.fromkeys(Alias)
    with pytest.raises(ArtifactMissing):
        aliases.folder_of(tmp_path)


def test_the_champion_is_so_since_it_was_named(models: Path) -> None:
    moment = datetime(2026, 3, 30, 9, 0, tzinfo=UTC)
    os.utime(models / "champion", (moment.timestamp(), moment.timestamp()))

    aliases.change(models, {Alias.CHAMPION: "old", Alias.CHALLENGER: "newest"})

    assert aliases.champion_since(models) == moment


def killing(step: int, done: Callable[..., object]) -> Callable[..., object]:
    """Return a call that kills instead of its ``step``-th time."""
    left = iter(range(step))

    def called(*given: object, **named: object) -> object:
        if next(left, None) is None:
            raise Killed
        return done(*given, **named)

    return called


@pytest.mark.parametrize("call", ["replace", "unlink", "write_text"])
@pytest.mark.parametrize("step", range(5))
def test_a_change_that_is_killed_at_any_step_is_done_or_undone_by_the_next(
    models: Path, monkeypatch: pytest.MonkeyPatch, call: str, step: int
) -> None:
    with monkeypatch.context() as killer:
        killer.setattr(Path, call, killing(step, getattr(Path, call)))
        with suppress(Killed):
            aliases.change(models, AFTER)
    serving = aliases.version_of(models)

    settled = aliases.all_of(models)

    assert serving in {"old", "new"}
    assert settled in (BEFORE, AFTER)
    assert serving == "old" or settled == AFTER


def test_each_step_of_a_change_is_one_that_the_killing_reaches(
    models: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    replace = Path.replace

    def counted(self: Path, target: Path) -> Path:
        made.append(Path(target).name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", counted)
    aliases.change(models, AFTER)

    assert made == ["aliases.next", "champion", "previous"]
