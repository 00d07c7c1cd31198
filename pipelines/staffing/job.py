"""The jobs: read the store, work out a report, write it as page, data and workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from mutasi.private import make_folder
from mutasi.settings import Settings
from pipelines.pages.workbook import Sheet, write
from pipelines.staffing.balancing import staffing
from pipelines.staffing.export import forecast_sheets, staffing_sheets
from pipelines.staffing.forecasting import forecast
from pipelines.staffing.page import forecast_page, staffing_page
from pipelines.staffing.records import opened
from pipelines.staffing.schema import Forecast, Staffing
from pipelines.staffing.wording import SECTION, Told

R = TypeVar("R", Staffing, Forecast)


@dataclass(frozen=True)
class Written(Generic[R]):
    """A report, and where it lies.

    Attributes:
        report: The figures.
        files: The page for people, the data for programs, the workbook.
    """

    report: R
    files: tuple[Path, ...]


def write_staffing(
    settings: Settings, *, as_of: date | None = None, out: Path | None = None, language: str = "id"
) -> Written[Staffing]:
    """Work out need against people, and write it.

    Args:
        settings: Where the store is.
        as_of: The day; the last one on which staffing changed by default.
        out: Where to write; ``staffing`` in the home by default.
        language: Of page and workbook.

    Raises:
        RegionEmpty: If no employees or no positions were known on the day.
    """
    report = staffing(*opened(settings, as_of), language)
    sheets = staffing_sheets(report, Told(language, SECTION))
    folder = out or settings.home / "staffing"
    files = _written(folder, "staffing", report, staffing_page(report, language), sheets, language)
    return Written(report, files)


def write_forecast(
    settings: Settings,
    months: Sequence[int],
    *,
    as_of: date | None = None,
    out: Path | None = None,
    language: str = "id",
) -> Written[Forecast]:
    """Work out which places will fall vacant, and write it.

    Args:
        settings: Where the store is.
        months: How far to look ahead.
        as_of: The day; the last one on which staffing changed by default.
        out: Where to write; ``forecast`` in the home by default.
        language: Of page and workbook.

    Raises:
        RegionEmpty: If no employees or no positions were known on the day.
    """
    report = forecast(*opened(settings, as_of), months)
    sheets = forecast_sheets(report, Told(language, SECTION))
    folder = out or settings.home / "forecast"
    files = _written(folder, "forecast", report, forecast_page(report, language), sheets, language)
    return Written(report, files)


def _written(
    folder: Path,
    name: str,
    report: Staffing | Forecast,
    page: str,
    sheets: Mapping[str, Sheet],
    language: str,
) -> tuple[Path, ...]:
    make_folder(folder)
    files = (
        folder / f"{name}.{language}.html",
        folder / f"{name}.json",
        folder / f"{name}.{language}.xlsx",
    )
    files[0].write_text(page, encoding="utf-8")
    files[1].write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    write(files[2], sheets)
    return files
