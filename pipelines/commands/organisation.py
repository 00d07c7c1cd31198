"""Commands about the region: quality, staffing, forecast."""

from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import tracked

MOST_MONTHS = 120
"""How far staffing is forecast."""


FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)
"""Days that staffing may be asked about."""


class Grouping(StrEnum):
    """What staffing is listed by."""

    POSITION = "position"
    UNIT = "unit"
    SECTOR = "sector"


AsOfOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day; default the last on which staffing changed."),
]


ByOption = Annotated[Grouping, typer.Option(help="What to list.")]


LimitOption = Annotated[int, typer.Option(min=1, help="How many to print.")]


OutOption = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder to write to; default in the home.")
]


def quality(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Folder for page, list and figures; default in the home."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Judge what was known on this day; default the last."
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Say how good the records are, what to mend, and what gaps cost the predictions.

    Writes a page for people, an Excel list of the rows to mend (it holds NIPs:
    confidential) and JSON for programs. With a trained model, also measures how
    predictions change when a kind of record is missing.
    """
    from mutasi.store.trail import Kind
    from pipelines.quality.job import judge_store
    from pipelines.quality_summary import show_quality
    from pipelines.receipts import tell_read

    settings, words = options.settings(), options.language_of(language)
    day = None if as_of is None else as_of.date()
    tell_read(settings, ["quality"], Kind.RECORDS)
    with tracked(words) as progress:
        judged = judge_store(settings, progress, out=out, as_of=day, language=words)
    show_quality(judged, words, as_json=as_json)


def staffing(
    *,
    as_of: AsOfOption = None,
    by: ByOption = Grouping.UNIT,
    limit: LimitOption = 20,
    out: OutOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Compare need with who is there, by position, unit or sector of government.

    Prints the worst shortages first; writes a page for people, JSON for programs and
    a workbook with every position. Units hold the figures of all units below them.
    """
    from mutasi.staffing import By
    from pipelines.staffing.job import write_staffing
    from pipelines.staffing_summary import show_staffing

    words = options.language_of(language)
    written = write_staffing(options.settings(), as_of=_day_of(as_of), out=out, language=words)
    show_staffing(written, By(by), limit, words, as_json=as_json)


def forecast(
    *,
    months: Annotated[
        str, typer.Option(metavar="12,24", help="How far to look ahead, in months.")
    ] = "12,24",
    as_of: AsOfOption = None,
    by: ByOption = Grouping.UNIT,
    limit: LimitOption = 20,
    out: OutOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Foresee which places fall vacant: by retirement, and by what the past teaches.

    Retirements follow from the law; other leavings come with an interval, and the
    forecast is tested on years that have passed. Writes page, JSON and workbook.
    """
    from mutasi.staffing import By
    from pipelines.staffing.job import write_forecast
    from pipelines.staffing_summary import show_forecast

    words = options.language_of(language)
    written = write_forecast(
        options.settings(), _months(months), as_of=_day_of(as_of), out=out, language=words
    )
    show_forecast(written, By(by), limit, words, as_json=as_json)


def _day_of(moment: datetime | None) -> date | None:
    """Return the day that was asked about; far off ones are slips of the keyboard."""
    if moment is None:
        return None
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise options.unusable("as_of_range", first=FIRST_DAY, last=LAST_DAY)
    return moment.date()


def _months(said: str) -> tuple[int, ...]:
    """Return numbers of months, each once, the nearest first."""
    try:
        months = sorted({int(part) for part in said.split(",")})
    except ValueError:
        months = [0]
    if not 1 <= months[0] <= months[-1] <= MOST_MONTHS:
        raise options.unusable("months_range", most=MOST_MONTHS)
    return tuple(months)
