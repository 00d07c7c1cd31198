"""Commands of receipts: receipt verify, receipt list, receipt prune."""

from datetime import date, datetime
from typing import Annotated

import typer

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.auditing import BROKEN
from pipelines.commands.options import JsonOption, LanguageOption

DIFFERS = 6
"""Exit code of a receipt that is what was written, but comes out otherwise now."""

receipts = typer.Typer(
    no_args_is_help=True, help="What was recommended, kept as it was told: compute it again."
)

DayOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


@receipts.command()
def verify(
    receipt_id: Annotated[str, typer.Argument(metavar="ID", help="As the answer named it.")],
    *,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Compute a recommendation again from the store and the signed model; tell what differs.

    Ends with 0 if it is identical, 5 if the receipt itself is not what was written, and 6
    if it is, but records, rules or model are others now, or the answer is.
    """
    from mutasi.store.trail import Kind
    from pipelines.receipt_summary import show_verified
    from pipelines.receipts import tell_read, verify as verified

    found = verified(options.settings(), receipt_id)
    tell_read(options.settings(), [receipt_id], Kind.RECEIPT)
    show_verified(found, options.language_of(language), as_json=as_json)
    if found.fault is not None:
        raise typer.Exit(BROKEN)
    if found.differences:
        raise typer.Exit(DIFFERS)


@receipts.command("list")
def listed(
    *,
    position: Annotated[str | None, typer.Option(help="Those that tell of this position.")] = None,
    employee: Annotated[str | None, typer.Option(help="Those that tell of this person.")] = None,
    model: Annotated[str | None, typer.Option(help="Those that this model predicted.")] = None,
    since: DayOption = None,
    until: DayOption = None,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 20,
    cursor: Annotated[str | None, typer.Option(help="Id of the last of the page before.")] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """List which recommendations were given to whom, the latest first; not what they say."""
    from models.receipt import model_mark, position_mark
    from mutasi.store.receipts import Wanted
    from mutasi.workflow.deadlines import between
    from pipelines.receipt_summary import show_list
    from pipelines.receipts import listed as found, tell_read

    settings = options.settings()
    marks = [] if position is None else [position_mark(position)]
    marks += [] if model is None else [model_mark(model)]
    wanted = Wanted(employee, tuple(marks), *between(_day(since), _day(until)))
    if employee is not None:
        tell_read(settings, [employee])
    given, after = found(settings, wanted, limit, cursor)
    show_list(given, after, options.language_of(language), as_json=as_json)


@receipts.command()
def prune(
    *,
    before: Annotated[
        datetime, typer.Option(formats=["%Y-%m-%d"], help="Day before which they were given.")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: what is gone is gone.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Remove receipts that are older than two years and that no proposal rests on.

    How many, up to which day and by whom is on the audit trail, of which nothing is ever
    removed.
    """
    from mutasi import clock
    from mutasi.workflow.deadlines import day_of
    from pipelines.console import console, show_json
    from pipelines.receipts import prune as pruned, require_old

    words, day, today = options.language_of(language), before.date(), day_of(clock.now())
    require_old(day, today)
    if not yes:
        typer.confirm(render("receipt.confirm", words, before=day), abort=True, err=True)
    count = pruned(options.settings(), day, today)
    if as_json:
        show_json({"before": day.isoformat(), "count": count})
        return
    console.print(render("receipt.pruned", words, before=day, count=count), markup=False)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()
