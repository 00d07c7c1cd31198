"""The report as data: what ``quality.json`` holds.

Shares are 0 to 1, performance is in T points.  ``None`` where there is nothing to
say it of.  No record of a person is in it, only figures of many.
"""

from typing import Literal

from mutasi.quality import Dimension, Severity
from pipelines.pages.figure import Figure, Part

SCHEMA = 1
"""Version of the layout; raised whenever a reader would have to know."""


class DimensionFigures(Part):
    """One of BKN's four dimensions.

    Attributes:
        dimension: Which.
        score: Mean over its checks of the share of rows that are sound.
        checks: Checks that could be put to at least one row.
        asked: Questions put to rows.
        faulty: Questions that were answered badly.
        people: People in service with at least one fault.
    """

    dimension: Dimension
    score: float | None
    checks: int
    asked: int
    faulty: int
    people: int


class CheckFigures(Part):
    """One check.

    Attributes:
        name: Its code; the words are in the catalogue's ``quality.check.<name>``.
        dimension: What it counts in.
        severity: What a fault may lead to.
        of: The table whose rows are asked.
        table: The table to mend.
        field: The field to mend.
        asked: Rows asked.
        faulty: Rows at fault.
        people: People in service concerned; None where no person is.
    """

    name: str
    dimension: Dimension
    severity: Severity
    of: str
    table: str
    field: str
    asked: int
    faulty: int
    people: int | None


class FieldFigures(Part):
    """One field of a table, over all checks that mend it.

    Attributes:
        table: The table.
        field: The field.
        faulty: Faults by dimension.
        share: Share of faulty rows of the check with most of them.
    """

    table: str
    field: str
    faulty: dict[Dimension, int]
    share: float


class Filled(Part):
    """How often a field that may be empty is filled in.

    Attributes:
        table: The table.
        field: The field.
        rows: Rows of the table that placement rests on.
        filled: How many of them have a value.
    """

    table: str
    field: str
    rows: int
    filled: int


class UnitFigures(Part):
    """One unit, or one office with all units below it.

    Attributes:
        unit_id: Its id; empty for what belongs to no unit.
        name: Its name.
        office_id: The office that it is a part of.
        people: People in service.
        people_with_gap: How many of them have a fault in their records.
        faulty: Faults by dimension.
        scores: As in :class:`DimensionFigures`, by dimension.
    """

    unit_id: str
    name: str
    office_id: str
    people: int
    people_with_gap: int
    faulty: dict[Dimension, int]
    scores: dict[Dimension, float | None]


class Place(Part):
    """An office and its share of something."""

    name: str
    share: float


class KindCost(Part):
    """What one kind of record is worth to the predictions.

    Attributes:
        kind: Which; the words are in the catalogue's ``quality.kind.<kind>``.
        of: Whose record it is: of candidates, or of the vacant posts.
        without: Share of people in service, or of posts in use, that have none.
        missing: Share of them for whom that is a gap; None where that cannot be told.
        offices: The offices with the lowest and the highest such share.
        pairs: Candidates for vacancies that have it, of whom it was taken away.
        performance: Mean change of the predicted performance, T points, whichever way.
        acceptance: Mean change of the predicted chance, whichever way.
        replaced: Share of the first ten names that others take the place of.
        performance_today: ``performance`` times ``missing``: what the gaps that
            there are cost over everyone.
        acceptance_today: The same of the chance.
    """

    kind: str
    of: Literal["employees", "positions"]
    without: float
    missing: float | None
    offices: tuple[Place, ...]
    pairs: int
    performance: Figure | None
    acceptance: Figure | None
    replaced: Figure | None
    performance_today: Figure | None
    acceptance_today: Figure | None


class Cost(Part):
    """What gaps cost the predictions, measured on real vacancies.

    Attributes:
        model: Version of the model that predicts.
        vacancies: How many vacancies.
        drawn: ``open`` posts, or where none is known the ``recent`` ones moved to.
        candidates: Mean number of candidates whom the law allows.
        draws: Bootstrap draws of vacancies behind each interval.
        kinds: Kinds of record, the costliest first.
    """

    model: str
    vacancies: int
    drawn: Literal["open", "recent"]
    candidates: float
    draws: int
    kinds: tuple[KindCost, ...]


class Note(Part):
    """What could not be found out, or what the figures do not say.

    Attributes:
        code: Key of the words: ``quality.note.<code>``.
        facts: Values for the words.
    """

    code: str
    facts: dict[str, float | str]


class Report(Part):
    """The whole report.

    Attributes:
        format: Version of this layout.
        as_of: The day whose knowledge is judged.
        region: The government, or several.
        employees: People on record.
        serving: How many of them are in service.
        units: Units on record.
        positions: Positions on record.
        people_with_gap: People in service with at least one fault.
        people_at_risk: How many of them have one of high severity.
        faulty: Rows to mend, by severity.
        dimensions: The four dimensions.
        checks: Every check.
        fields: Every field that has faults, most first.
        filled: Every field that may be empty, of tables that have rows.
        offices: Offices, each with all units below it, worst first.
        unit_figures: Units with people or faults, in the order of their ids.
        cost: What gaps cost the predictions; None where that cannot be measured.
        notes: What could not be found out.
    """

    format: int = SCHEMA
    as_of: str
    region: str
    employees: int
    serving: int
    units: int
    positions: int
    people_with_gap: int
    people_at_risk: int
    faulty: dict[Severity, int]
    dimensions: tuple[DimensionFigures, ...]
    checks: tuple[CheckFigures, ...]
    fields: tuple[FieldFigures, ...]
    filled: tuple[Filled, ...]
    offices: tuple[UnitFigures, ...]
    unit_figures: tuple[UnitFigures, ...]
    cost: Cost | None
    notes: tuple[Note, ...]
