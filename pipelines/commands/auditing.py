"""Commands of auditors: audit head, audit verify, audit overrides, audit access."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import console, show_json

if TYPE_CHECKING:
    from pipelines.trail import Verified

BROKEN = 5
"""Exit code of a trail that is not what was written."""

SHOWN = 20
"""Faults that are told one by one to people; programs get all."""

trail = typer.Typer(
    no_args_is_help=True, help="Who did what: sign the end of the audit trail, and verify it."
)


@trail.command()
def head(
    *,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder to write to; default in the home.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Sign the end of the audit trail, daily, to be kept where nobody can change it."""
    from pipelines.trail import export_head

    found, file = export_head(options.settings(), out)
    if as_json:
        console.print_json(json.dumps({**asdict(found), "file": str(file)}))
        return
    told = {"number": found.number, "file": file}
    console.print(render("trail.head", options.language_of(language), **told), markup=False)


@trail.command()
def verify(
    heads: Annotated[
        list[Path] | None,
        typer.Argument(exists=True, dir_okay=False, help="Signed heads; default in the home."),
    ] = None,
    *,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell whether the audit trail is what was written, and where it is not (exit code 5)."""
    from pipelines.trail import verify as verified

    found = verified(options.settings(), heads or ())
    words = options.language_of(language)
    if as_json:
        show_json(asdict(found))
    elif not found.is_whole:
        console.print(render("trail.broken", words), style="red", markup=False)
        for line in _broken(found, words):
            console.print(line, markup=False)
    else:
        told = {"number": found.number, "heads": found.heads}
        console.print(render("trail.whole", words, **told), markup=False)
    if not found.heads and not as_json:
        console.print(render("trail.no_heads", words), style="yellow", markup=False)
    if not found.is_whole:
        raise typer.Exit(BROKEN)


def _broken(found: "Verified", words: str) -> Iterator[str]:
    """Yield where the trail, and what it seals, is not what was written, and what may be why."""
    for fault in found.faults[:SHOWN]:
        where = {"first": fault.first, "last": fault.last, "place": fault.place}
        yield render(f"trail.{fault.kind}", words, **where)
    for receipt_id, how in found.receipts[:SHOWN]:
        yield render(f"receipt.{how}", words, receipt_id=receipt_id)
    for event, how in found.cases[:SHOWN]:
        yield render(f"trail.case.{how}", words, event=event)
    for caller, how in found.callers[:SHOWN]:
        yield render(f"trail.caller.{how}", words, caller=caller)
    for restore in found.restores[-SHOWN:]:
        yield render("trail.restored", words, **asdict(restore))


@trail.command()
def overrides(
    *,
    since: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day of decisions.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day of decisions.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell how often decisions do not follow what was recommended: by decider, unit, group.

    Shares come with 95% intervals; figures of fewer than ten people are withheld.
    """
    from pipelines.overrides import overrides as reported
    from pipelines.overrides_summary import show_overrides

    days = (None if day is None else day.date() for day in (since, until))
    found = reported(options.settings(), *days)
    show_overrides(found, options.language_of(language), as_json=as_json)


@trail.command()
def access(
    person: Annotated[str, typer.Argument(metavar="NIP", help="Whose data was looked at.")],
    *,
    own: Annotated[bool, typer.Option("--own", help="Also what the person did.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=200, help="How many.")] = 50,
    cursor: Annotated[
        int | None, typer.Option(min=1, max=10**18 - 1, help="Where the page before ended.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell who looked at a person's data, when, and what they did, the latest first.

    What is about many at once (plans, exports, files handed in) is on the trail without
    the numbers of people and is not told here.
    """
    from pipelines.accesses_summary import show_accesses
    from pipelines.trail import accesses

    found, after = accesses(options.settings(), person, limit, cursor, with_own=own)
    show_accesses(found, after, options.language_of(language), as_json=as_json)
