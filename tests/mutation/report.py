"""The score of the cases of law: how many mutants of the rules they notice."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from tests.mutation.mutant import Mutant
from tests.mutation.trial import Outcome

Key = tuple[str, str, str]


@dataclass
class Score:
    """What became of the mutants.

    Attributes:
        counts: How many mutants of a file met an outcome.
        survivors: The mutants that no test noticed.
        excluded: How many mutants of a file were not tried, as equivalent to the rules.
    """

    counts: Counter[tuple[str, Outcome]] = field(default_factory=Counter)
    survivors: list[Mutant] = field(default_factory=list)
    excluded: Counter[str] = field(default_factory=Counter)

    def add(self, mutant: Mutant, outcome: Outcome) -> None:
        """Count a mutant."""
        self.counts[mutant.file, outcome] += 1
        if outcome is Outcome.SURVIVED:
            self.survivors.append(mutant)

    @property
    def percent(self) -> float:
        """Killed mutants among those tried, in percent."""
        tried = self.counts.total()
        return 100.0 * (tried - len(self.survivors)) / tried if tried else 100.0


def split(
    mutants: Sequence[Mutant], equivalent: Mapping[Key, str]
) -> tuple[list[Mutant], Counter[str]]:
    """Return the mutants to try, and how many of each file are excluded.

    Raises:
        LookupError: If an exclusion does not name exactly one mutant.
    """
    found = Counter(_key(mutant) for mutant in mutants)
    for key in equivalent:
        if found[key] != 1:
            raise LookupError(f"{found[key]} mutants instead of one are meant by {key}")
    tried = [mutant for mutant in mutants if _key(mutant) not in equivalent]
    return tried, Counter(file for file, _, _ in equivalent)


def exclusions() -> dict[Key, str]:
    """Return the reason of each mutant that no test can tell from the rules."""
    text = Path(__file__).with_name("equivalent.toml").read_text(encoding="utf-8")
    return {
        (each["file"], each["was"], each["becomes"]): each["reason"]
        for each in tomllib.loads(text)["equivalent"]
    }


def show_survivor(mutant: Mutant, console: Console) -> None:
    """Print a mutant that no test noticed."""
    console.print(f"mutasi/rules/{mutant.place}", style="bold", markup=False)
    console.print(f"  - {mutant.was}\n  + {mutant.becomes}", markup=False, soft_wrap=True)


def show(score: Score, console: Console) -> None:
    """Print the score file by file."""
    table = Table("mutasi/rules", box=box.SIMPLE, show_edge=False, pad_edge=False, padding=0)
    for heading in ("mutants", "killed", "stillborn", "survived", "excluded", "score"):
        table.add_column(heading, justify="right")
    files = sorted({file for file, _ in score.counts})
    for name, members in [*((file, [file]) for file in files), ("all", files)]:
        _add_row(table, name, score, members)
    console.print(table)


def _add_row(table: Table, name: str, score: Score, files: Iterable[str]) -> None:
    def count(*outcomes: Outcome) -> int:
        return sum(score.counts[file, outcome] for file in files for outcome in outcomes)

    killed = count(Outcome.KILLED, Outcome.STILLBORN)
    tried = count(*Outcome)
    cells = (tried, killed, count(Outcome.STILLBORN), count(Outcome.SURVIVED))
    excluded = sum(score.excluded[file] for file in files)
    table.add_row(name, *map(str, (*cells, excluded)), f"{100.0 * killed / tried:.1f} %")


def _key(mutant: Mutant) -> Key:
    return mutant.file, mutant.was, mutant.becomes
