"""The command line: ``mutasi --help`` lists what can be typed.

Commands translate: words in, one call of a job, words out.  A command imports
only what it needs, because MLflow alone takes seconds.

Exit codes: 0 done, 1 an unforeseen error, 2 wrong usage or input that cannot be
used, 3 done but some rows were put into quarantine, 4 a gate refused a promotion, 5 the
audit trail or a receipt is not what was written, 6 a receipt comes out otherwise now,
7 an installation is not fit to serve, 8 a question was answered with no, or by nobody.
"""

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError
from pydantic_settings import SettingsError
from typer._click.exceptions import UsageError
from typer.core import TyperGroup

from mutasi.errors import MutasiError
from mutasi.i18n import render
from mutasi.settings import Settings
from pipelines.commands import (
    access,
    answers,
    auditing,
    database,
    doctoring,
    learning,
    options,
    organisation,
    planning,
    promoting,
    receipting,
    records,
    usage,
    working,
)
from pipelines.commands.options import LanguageOption
from pipelines.console import console, errors


class Translated(TyperGroup):
    """The commands, whose wrong use is told as everything else is: in the user's language."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command, and end the process unless it is asked to go on."""
        run = partial(
            super().main, args, prog_name, complete_var, False, windows_expand_args, **extra
        )
        if not standalone_mode:
            return run()
        try:
            ended = run()
        except UsageError as error:
            usage.tell(error, sys.argv[1:] if args is None else args)
            sys.exit(error.exit_code)
        except typer.Abort:  # from a question, or from standard input that is closed
            errors.print()  # the question may end without a line
            errors.print(render("usage.unanswered", options.settings().language), markup=False)
            sys.exit(UNANSWERED)
        sys.exit(ended if isinstance(ended, int) else 0)


app = typer.Typer(
    cls=Translated,
    name="mutasi",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
)

UNUSABLE = 2
UNANSWERED = 8
"""Exit code of a question that was answered with no, or by nobody."""


def main() -> None:
    """Run the command line; an expected error is a sentence, not a traceback."""
    try:
        app()
    except MutasiError as error:
        words = render(f"error.{error.code}", options.settings().language, **error.params)
        errors.print(words, markup=False)
        sys.exit(UNUSABLE)
    except OSError as error:
        if error.filename is None:  # no file of the user's: a fault to be seen whole
            raise
        told = {"path": error.filename, "reason": error.strerror or type(error).__name__}
        errors.print(
            render("error.file_unusable", options.settings().language, **told), markup=False
        )
        sys.exit(UNUSABLE)


@app.callback()
def opened(
    *,
    home: Annotated[
        Path | None, typer.Option(help="Folder of the store, models and runs; default MUTASI_HOME.")
    ] = None,
) -> None:
    """Recommends placements of civil servants: who for a vacancy, where for a person, why.

    Ends with 0 when all is done, 2 when the input or the question cannot be used, 3 when
    an import put rows into quarantine, 4 when a gate refuses a promotion, 5 when the audit
    trail or a receipt is not what was written, 6 when a receipt comes out otherwise now,
    7 when an installation is not fit to serve, 8 when a question was answered with no, or
    by nobody, and nothing was done.
    """
    try:
        options.SETTINGS.set(Settings() if home is None else Settings(home=home))
    except ValidationError as error:
        wrong = (
            f"MUTASI_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        )
        raise typer.BadParameter("; ".join(wrong)) from None
    except SettingsError as error:
        raise typer.BadParameter(str(error)) from None


def demo(
    *,
    serve: Annotated[
        bool, typer.Option(help="Serve at the end; --no-serve ends by itself.")
    ] = True,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    language: LanguageOption = None,
) -> None:
    """Show the main job on a simulated region, then serve it.

    Runs the commands that it prints, in a home of its own (artifacts/demo) that
    it empties first.
    """
    from pipelines.demo import commands, emptied

    if options.settings().database is not None:
        raise options.unusable("demo_of_its_own")
    home = emptied(options.settings().home)
    for command in commands(home, options.language_of(language), port, serve=serve):
        console.print(f"\n[bold]$ mutasi {' '.join(command)}[/]", soft_wrap=True)
        app(list(command), standalone_mode=False)


app.command()(records.simulate)
app.command(name="import")(records.take_in)
app.command()(records.export)
app.command()(records.template)
app.command()(learning.train)
app.command()(promoting.compare)
app.command()(promoting.promote)
app.command()(promoting.rollback)
app.command()(learning.evaluate)
app.command()(learning.monitor)
app.command()(organisation.quality)
app.command()(organisation.staffing)
app.command()(organisation.forecast)
app.command()(answers.recommend)
app.command()(answers.examine)
app.command()(answers.contrast)
app.command()(answers.serve)
app.command()(working.work)
app.command()(doctoring.doctor)
app.command()(demo)

app.add_typer(planning.plans, name="plan")
app.add_typer(database.store, name="db")
app.add_typer(access.accounts, name="account")
app.add_typer(access.clients, name="client")
app.add_typer(auditing.trail, name="audit")
app.add_typer(receipting.receipts, name="receipt")

measures = typer.Typer(no_args_is_help=True, help="Measure on real and on invented records.")
measures.command()(learning.regions)
measures.command()(learning.choices)
measures.command()(learning.ias)
measures.command()(learning.hias)
app.add_typer(measures, name="bench")
