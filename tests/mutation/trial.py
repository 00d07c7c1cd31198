"""Try mutants: each in a process of its own, which judges the cases of law by it."""

import gc
import os
import resource
import shutil
import sys
from collections.abc import Iterable, Iterator
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import mutasi
from tests.architecture.checkout import ROOT
from tests.mutation import code, parameters
from tests.mutation.mutant import Mutant, mutants_by

RULES = ROOT / "mutasi" / "rules"
TESTS = sorted((ROOT / "tests" / "mutasi" / "rules").glob("test_*.py"), reverse=True)
"""The cases of law; the second implementation below them takes minutes."""

SECONDS = 60
"""How much work a mutant may take."""

LOADED = (
    "asyncio",
    "doctest",
    "pdb",
    "sqlalchemy.exc",
    "xdist.plugin",
    "tests.conftest",
    "tests.records",
)
"""What the tests of rules need beside the rules: loaded once, before the processes fork."""

OPTIONS = (
    "--exitfirst",
    "--quiet",
    "--assert=plain",
    "--disable-plugin-autoload",
    "-pxdist.plugin",
    "-pno:cacheprovider",
)


class Outcome(StrEnum):
    """What the tests made of a mutant."""

    KILLED = "killed"
    STILLBORN = "stillborn"
    """It could not be imported, or did not end; killed as well."""
    SURVIVED = "survived"


def mutants() -> list[Mutant]:
    """Return all mutants of the rules, code and parameters, in order."""
    files = [*sorted(RULES.glob("*.py")), *sorted(RULES.glob("parameters/*.toml"))]
    return [
        mutant
        for file in files
        for text in [file.read_text(encoding="utf-8")]
        for mutant in mutants_by(
            (code if file.suffix == ".py" else parameters).edits(text),
            file.relative_to(RULES).as_posix(),
            text,
        )
    ]


def outcomes(tried: Iterable[Mutant], jobs: int = 2) -> Iterator[tuple[Mutant, Outcome]]:
    """Yield what becomes of each mutant, in the order in which it is known.

    Args:
        tried: The mutants.
        jobs: How many are tried at a time.

    Raises:
        RuntimeError: If the tests could not be run.
    """
    for name in LOADED:
        import_module(name)
    gc.freeze()
    assert "mutasi.rules" not in sys.modules, "the rules are imported before they are changed"
    running: dict[int, tuple[Mutant, TemporaryDirectory[str]]] = {}
    for mutant in tried:
        if len(running) == jobs:
            yield _next(running)
        folder = TemporaryDirectory(prefix="mutant-")
        process = os.fork()
        if process == 0:
            _judge(mutant, Path(folder.name))
        running[process] = mutant, folder
    while running:
        yield _next(running)


def _next(running: dict[int, tuple[Mutant, TemporaryDirectory[str]]]) -> tuple[Mutant, Outcome]:
    """Wait for the next process to end, and return what it found."""
    process, status = os.wait()
    mutant, folder = running.pop(process)
    folder.cleanup()
    if os.WIFSIGNALED(status):
        return mutant, Outcome.STILLBORN
    match os.WEXITSTATUS(status):
        case pytest.ExitCode.OK:
            return mutant, Outcome.SURVIVED
        case pytest.ExitCode.TESTS_FAILED:
            return mutant, Outcome.KILLED
        case pytest.ExitCode.INTERRUPTED:
            return mutant, Outcome.STILLBORN
        case failure:
            raise RuntimeError(f"pytest ended with {failure} on {mutant.place}")


def _judge(mutant: Mutant, folder: Path) -> None:
    """Run the tests with the mutant in place of the rules, and end this process."""
    ended: int = pytest.ExitCode.INTERNAL_ERROR
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        compiled = shutil.ignore_patterns(f"{Path(mutant.file).stem}.*.pyc")
        shutil.copytree(RULES, folder / "rules", ignore=compiled)
        (folder / "rules" / mutant.file).write_text(mutant.text, encoding="utf-8")
        mutasi.__path__.insert(0, str(folder))
        sys.dont_write_bytecode = True
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.dup2(silence, sys.stderr.fileno())
        ended = pytest.main([*OPTIONS, *map(str, TESTS)])
    finally:
        os._exit(ended)
