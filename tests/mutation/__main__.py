"""Change the rules in every small way and see whether a test notices: ``make mutants``.

Ends with code 1 if fewer are noticed than demanded.  The tool is our own because
rules are decorated functions over numpy columns with their bounds in TOML: mutmut
changes no decorated function, cosmic-ray changes files in place and starts Python
anew for each change, and neither reads TOML or knows ``np.isnan``.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from rich.console import Console
from rich.progress import Progress

from tests.mutation.mutant import Mutant
from tests.mutation.report import Score, exclusions, show, show_survivor, split
from tests.mutation.trial import Outcome, mutants, try_all


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    options = _parser().parse_args(arguments)
    tried, excluded = split(mutants(), exclusions())
    if options.places:
        tried = [each for each in tried if {each.file, each.place} & set(options.places)]
    score = Score(excluded=excluded)
    console = Console()
    with Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("Mutants", total=len(tried))

        def found(mutant: Mutant, outcome: Outcome) -> None:
            score.add(mutant, outcome)
            progress.advance(task)
            if outcome is Outcome.SURVIVED:
                show_survivor(mutant, console)

        try_all(tried, found, options.jobs)
    show(score, console)
    return int(score.percent < options.least)


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="make mutants", description=(__doc__ or "").splitlines()[0])
    parser.add_argument(
        "places", nargs="*", help="files below mutasi/rules, or lines as file:line (default: all)"
    )
    parser.add_argument("--least", type=float, default=95.0, help="percent to notice (95)")
    parser.add_argument("--jobs", type=int, default=2, help="mutants tried at a time (2)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
