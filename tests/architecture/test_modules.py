"""Modules are nouns, short, and keep to what only they may do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from mutasi.errors import MutasiError
from tests.architecture.checkout import PACKAGES, modules, name

MOST_LINES = 400
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager"}
MIGRATIONS = "mutasi/store/migrations/versions"
COMMITS_IN = "mutasi/store/session.py"


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests", "notebooks"), ids=name)
def test_a_module_is_named_for_what_it_holds(path: Path) -> None:
    words = {word for part in name(path).split("/") for word in re.split(r"[._]", part)}

    assert not words & BANNED


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests", "notebooks"), ids=name)
def test_a_module_is_one_thing(path: Path) -> None:
    lines = len(path.read_text(encoding="utf-8").splitlines())
    may_be_long = name(path).startswith(MIGRATIONS)  # as long as its tables, and never edited

    assert may_be_long or lines <= MOST_LINES, f"{lines} lines: it has become two things"


@pytest.mark.parametrize("path", modules(*PACKAGES), ids=name)
def test_only_the_unit_of_work_commits(path: Path) -> None:
    lines = [
        call.lineno
        for call in _calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr == "commit"
    ]

    assert not lines or name(path) == COMMITS_IN


@pytest.mark.parametrize("path", modules(*PACKAGES, "tests"), ids=name)
def test_nothing_is_silenced_without_a_reason(path: Path) -> None:
    silenced = re.compile(r"# (?:type: ignore(?:\[[\w, -]+\])?|noqa: [A-Z0-9, ]+)(.*)")
    bare = [
        line
        for line in path.read_text(encoding="utf-8").splitlines()
        if (match := silenced.search(line)) and not match[1].strip()
    ]

    assert not bare


def test_an_error_s_code_is_its_own() -> None:
    codes = [error.code for error in _leaves(MutasiError)]

    assert sorted(codes) == sorted(set(codes))
    assert "error" not in codes


def _calls(path: Path) -> Iterator[ast.Call]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _leaves(error: type[MutasiError]) -> Iterator[type[MutasiError]]:
    for kind in error.__subclasses__():
        yield from _leaves(kind) if kind.__subclasses__() else [kind]
