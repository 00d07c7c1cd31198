"""The two reports as workbooks: every position, unit and sector, none left out."""

from collections.abc import Sequence

from pipelines.pages.workbook import Cell, Sheet
from pipelines.staffing.schema import Balance, Forecast, Group, Outlook, Staffing
from pipelines.staffing.wording import Told

BALANCE = ("needed", "filled", "difference", "shortage", "surplus", "unassessed", "weighted")
EFFICIENCY = ("measured", "efficiency", "efficiency_class")
OUTLOOK = ("needed", "filled", "shortage", "overdue", "undated")
HORIZON = ("due", "others", "low", "high", "opening", "missing")


def staffing_sheets(report: Staffing, told: Told) -> dict[str, Sheet]:
    """Return the sheets of the report of ``mutasi staffing``."""
    sheets = {
        told.say(f"by.{by}"): _balances(groups, told)
        for by, groups in (
            ("position", report.positions),
            ("unit", report.units),
            ("sector", report.sectors),
        )
    }
    names = ("day", "sector", "needed", "filled", "shortage", "surplus")
    sheets[told.say("trend")] = Sheet(
        [told.say(f"column.{name}") for name in names],
        [
            [
                point.day,
                told.sector(point.sector),
                point.needed if point.is_assessed else None,
                point.filled,
                point.shortage,
                point.surplus,
            ]
            for point in report.trend
        ],
    )
    return sheets


def forecast_sheets(report: Forecast, told: Told) -> dict[str, Sheet]:
    """Return the sheets of the report of ``mutasi forecast``."""
    return {
        told.say(f"by.{by}"): _outlooks(groups, report, told)
        for by, groups in (
            ("position", report.positions),
            ("unit", report.units),
            ("sector", report.sectors),
        )
    }


def _identity(told: Told) -> list[str]:
    return [told.say(f"column.{name}") for name in ("key", "name", "parent", "unit_name")]


def _group(group: Group, told: Told) -> list[Cell]:
    return [group.key, told.name(group), group.parent, group.unit_name]


def _balances(groups: Sequence[Balance], told: Told) -> Sheet:
    return Sheet(
        [
            *_identity(told),
            *(told.say(f"column.{name}") for name in (*BALANCE, *EFFICIENCY)),
        ],
        [
            [
                *_group(group, told),
                *(getattr(group, name) for name in BALANCE),
                *(getattr(group, name) for name in EFFICIENCY),
            ]
            for group in groups
        ],
    )


def _outlooks(groups: Sequence[Outlook], report: Forecast, told: Told) -> Sheet:
    return Sheet(
        [
            *_identity(told),
            *(told.say(f"column.{name}") for name in OUTLOOK),
            *(
                told.say(f"forecast.{name}_in", months=months)
                for months in report.months
                for name in HORIZON
            ),
        ],
        [
            [
                *_group(group, told),
                *(getattr(group, name) for name in OUTLOOK),
                *(getattr(ahead, name) for ahead in group.horizons for name in HORIZON),
            ]
            for group in groups
        ],
    )
