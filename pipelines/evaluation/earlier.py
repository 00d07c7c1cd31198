"""Earlier reports: which there are, and reading them."""

from datetime import date
from pathlib import Path

from pydantic import ValidationError

from mutasi.errors import ReportMismatch, ReportUnreadable
from pipelines.evaluation.schema import SCHEMA, Report

LATEST = "report.json"


def dated(as_of: str) -> str:
    """Return the name under which a report stays when the next one is written."""
    return f"report-{as_of}.json"


def read(path: Path, region: str) -> Report:
    """Read an earlier report about a region.

    Raises:
        ReportUnreadable: If it is no report, or one of another layout.
        ReportMismatch: If it is about another region.
    """
    found = _read(path)
    if found is None:
        raise ReportUnreadable(path=path, format=SCHEMA)
    if found.region != region:
        raise ReportMismatch(path=path, found=found.region, region=region)
    return found


def latest_before(folder: Path, as_of: date, region: str) -> tuple[Report | None, int]:
    """Return the latest report in a folder that knew of no day from this one on.

    Args:
        folder: Where reports lie.
        as_of: The day.
        region: What they must be about; others are passed over.

    Returns:
        The report, or None; and how many files could not be read.
    """
    found = [_read(path) for path in sorted(folder.glob("report*.json"))]
    earlier = [
        report
        for report in found
        if report is not None and report.region == region and report.as_of < as_of.isoformat()
    ]
    return max(earlier, key=lambda report: report.as_of, default=None), found.count(None)


def _read(path: Path) -> Report | None:
    try:
        report = Report.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, ValidationError):
        return None
    return report if report.format == SCHEMA else None
