"""Try mutants: each in a process of its own, where the tests judge it.

Pytest collects the tests once. Every process is forked from there, takes the
changed rules in place of the rules, and runs tests until one fails.
"""

import gc
import importlib
import os
import resource
import shutil
import sys
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import mutasi
from tests.architecture.checkout import ROOT
from tests.mutation import code, parameters
from tests.mutation.mutant import Mutant, mutants_by

RULES = ROOT / "mutasi" / "rules"
TESTS = sorted((ROOT / "tests" / "mutasi" / "rules").glob("test_*.py"))
"""The cases of law; the second implementation below them takes minutes."""

SECONDS = 60
"""How much work a mutant may take."""

OPTIONS = (
    "--capture=no",
    "--assert=plain",
    "--disable-plugin-autoload",
    "-pxdist.plugin",  # tests/conftest.py speaks to it
    "-pno:terminal",
    "-pno:cacheprovider",
)


class Outcome(Enum):
    """What the tests made of a mutant."""

    SURVIVED = 0
    KILLED = 1
    STILLBORN = 2
    """It could not be imported, or did not end; killed as well."""


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


def try_all(
    tried: Sequence[Mutant], found: Callable[[Mutant, Outcome], None], jobs: int = 2
) -> None:
    """Try mutants, and tell what becomes of each as soon as it is known.

    Args:
        tried: The mutants.
        found: Is told.
        jobs: How many are tried at a time.

    Raises:
        RuntimeError: If the tests could not be run, or fail already by the rules as they are.
    """
    trial = Trial(tried, found, jobs)
    ended = pytest.main([*OPTIONS, *map(str, TESTS)], plugins=[trial])
    if ended is not pytest.ExitCode.OK or not trial.is_done:
        raise RuntimeError(f"the tests could not be run: pytest ended with {ended!r}")


class Trial:
    """A plugin of pytest that runs the tests once for each mutant.

    Attributes:
        is_done: All mutants were tried.
    """

    def __init__(
        self, tried: Sequence[Mutant], found: Callable[[Mutant, Outcome], None], jobs: int
    ) -> None:
        self.is_done = False
        self._tried = tried
        self._found = found
        self._jobs = jobs
        self._order: list[int] = []
        self._running: dict[int, tuple[Mutant, TemporaryDirectory[str]]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try all mutants, after the rules as they are."""
        gc.freeze()  # what the processes share stays shared
        self._order = list(range(len(session.items)))
        name = "__init__.py"
        unchanged = Mutant(name, 1, "", "", (RULES / name).read_text(encoding="utf-8"))
        self._start(unchanged, session)
        if self._ended()[1] is not Outcome.SURVIVED:
            raise RuntimeError("the tests fail by the rules as they are")
        for mutant in self._tried:
            if len(self._running) == self._jobs:
                self._found(*self._ended())
            self._start(mutant, session)
        while self._running:
            self._found(*self._ended())
        self.is_done = True
        return True

    def _start(self, mutant: Mutant, session: pytest.Session) -> None:
        folder = TemporaryDirectory(prefix="mutant-")
        process = os.fork()
        if process == 0:
            _judge(mutant, Path(folder.name), session, self._order)
        self._running[process] = mutant, folder

    def _ended(self) -> tuple[Mutant, Outcome]:
        """Wait for the next process to end, and return what it found.

        The test that failed goes first from now on: the next mutant is of the same line.
        """
        process, status = os.wait()
        mutant, folder = self._running.pop(process)
        with folder:
            killer = Path(folder.name) / "killer"
            if killer.exists():
                place = int(killer.read_text(encoding="utf-8"))
                self._order.remove(place)
                self._order.insert(0, place)
        is_broken = os.WIFSIGNALED(status)
        return mutant, Outcome.STILLBORN if is_broken else Outcome(os.WEXITSTATUS(status))


def _judge(mutant: Mutant, folder: Path, session: pytest.Session, order: Sequence[int]) -> None:
    """Run the tests with the mutant in place of the rules, and end this process."""
    outcome = Outcome.STILLBORN
    try:
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, sys.stdout.fileno())
        os.dup2(silence, sys.stderr.fileno())
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        _replace_rules(mutant, folder)
        outcome = Outcome.SURVIVED
        for place, after in zip(order, [*order[1:], None], strict=True):
            item = session.items[place]
            following = None if after is None else session.items[after]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                (folder / "killer").write_text(str(place), encoding="utf-8")
                outcome = Outcome.KILLED
                break
    finally:
        os._exit(outcome.value)


def _replace_rules(mutant: Mutant, folder: Path) -> None:
    """Import the changed rules, and with them the tests: their functions see the new names."""
    compiled = shutil.ignore_patterns(f"{Path(mutant.file).stem}.*.pyc")
    shutil.copytree(RULES, folder / "rules", ignore=compiled)
    (folder / "rules" / mutant.file).write_text(mutant.text, encoding="utf-8")
    sys.dont_write_bytecode = True
    mutasi.__path__.insert(0, str(folder))
    tests = [name for name in sys.modules if name.startswith("tests.mutasi.rules.")]
    for name in [name for name in sys.modules if f"{name}.".startswith("mutasi.rules.")]:
        del sys.modules[name]
    for name in tests:
        importlib.reload(sys.modules[name])
