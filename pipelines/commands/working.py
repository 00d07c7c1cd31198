"""The command of the worker: work."""

from typing import Annotated

import typer

from pipelines.commands import options
from pipelines.commands.options import LanguageOption


def work(
    *,
    drain: Annotated[bool, typer.Option("--drain", help="Stop once nothing waits.")] = False,
    language: LanguageOption = None,
) -> None:
    """Do the long work that callers of the service ask for: transfer plans and imports.

    'mutasi serve' has a worker beside it; more may run, on any machine that reaches the
    store. Stopped with Ctrl+C, what is being done waits for another.
    """
    from mutasi.i18n import render
    from pipelines.console import errors
    from pipelines.working.worker import work as work_until_stopped

    words = options.language_of(language)
    errors.print(render("work.drains" if drain else "work.waits", words), style="dim")
    work_until_stopped(options.settings(), drain=drain)
