"""What the two reports hold as data: ``staffing.json`` and ``forecast.json``.

People are counted, never named.  ``None`` stands where a figure is not known.
"""

from datetime import date

from pydantic import Field

from pipelines.pages.figure import Part

SCHEMA = 1
"""Version of the layouts; raised whenever a reader would have to know."""


class Gap(Part):
    """What must be said beside the figures.

    Attributes:
        code: Key of the words.
        facts: Their values.
    """

    code: str
    facts: dict[str, int | float | str | date] = Field(default_factory=dict)


class Group(Part):
    """Whom figures are about.

    Attributes:
        key: Id of the position or unit, or function of government; None = unknown sector.
        name: Title or name; None of a sector.
        parent: Id of the unit it belongs to, or that stands above it.
        unit_name: Name of a position's unit.
        depth: Units above a unit.
    """

    key: str | None
    name: str | None
    parent: str | None
    unit_name: str | None
    depth: int


class Balance(Group):
    """Need against who is there, in people.

    Attributes:
        needed: *Kebutuhan*.
        filled: *Bezetting*; ``needed - shortage + surplus + unassessed``.
        unassessed: Of them, those in posts whose need was never assessed.
        surplus: People too many, post by post.
        shortage: People missing, post by post.
        difference: *Selisih*: surplus minus shortage.
        weighted: The shortage, each missing person as much as demands make them count.
        measured: People in posts whose workload is on record.
        efficiency: Their workload over what they can work; None where not counted.
        efficiency_class: A to E.
    """

    needed: float
    filled: float
    unassessed: float
    surplus: float
    shortage: float
    difference: float
    weighted: float
    measured: float
    efficiency: float | None
    efficiency_class: str | None


class Point(Part):
    """One sector on one day; sector None = unknown."""

    day: date
    sector: str | None
    needed: float
    filled: float
    shortage: float
    surplus: float
    is_assessed: bool


class Cell(Part):
    """One job family in one office."""

    office: str
    family: str
    needed: float
    filled: float


class Signal(Part):
    """A demand that makes the missing people of a unit count more."""

    unit: str
    subject: str
    since: date
    until: date | None
    weight: float


class Staffing(Part):
    """The report of ``mutasi staffing``."""

    version: int = SCHEMA
    as_of: date
    region: str
    minutes_a_year: float
    total: Balance
    positions: tuple[Balance, ...]
    units: tuple[Balance, ...]
    sectors: tuple[Balance, ...]
    trend: tuple[Point, ...]
    cells: tuple[Cell, ...]
    signals: tuple[Signal, ...]
    gaps: tuple[Gap, ...]


class Horizon(Part):
    """What is expected until some months ahead, in people.

    Attributes:
        months: How far.
        due: Retire by law until then, the overdue too.
        others: Expected leavings for other reasons.
        low: Lower end of the 90% interval of all leavings.
        high: Its upper end.
        opening: Needed places that fall vacant by retirement.
        missing: People missing then if nobody comes.
    """

    months: int
    due: float
    others: float | None
    low: float | None
    high: float | None
    opening: float
    missing: float


class Outlook(Group):
    """What is expected of a group, in people.

    Attributes:
        needed: Need on the day.
        filled: People on the day.
        shortage: People missing on the day.
        overdue: Past the day of retirement, still on record.
        undated: Without a known day of retirement.
        horizons: By how far ahead.
    """

    needed: float
    filled: float
    shortage: float
    overdue: float
    undated: float
    horizons: tuple[Horizon, ...]


class Leaving(Part):
    """The rate of leavings other than by retirement, and what it was learned from."""

    years: int
    left: int
    served: float
    mean: float
    dispersion: float
    is_thin: bool


class Retiring(Part):
    """How many retire in a calendar year, of a sector (None = unknown)."""

    year: int
    sector: str | None
    people: int


class Trial(Part):
    """A prediction of the past beside what came; see ``mutasi.staffing.hindsight``."""

    day: date
    actual: int
    predicted: float
    low: float
    high: float
    baseline: int
    due: int
    due_left: int
    office_error: float
    office_baseline_error: float


class Hindsight(Part):
    """All predictions of the past that looked as far ahead.

    Attributes:
        months: How far.
        trials: One a year.
        error: Mean absolute error for the region, in people.
        baseline_error: That of taking as many as had left in as long a time before.
        covered: Trials whose interval held what came.
    """

    months: int
    trials: tuple[Trial, ...]
    error: float | None
    baseline_error: float | None
    covered: int


class Forecast(Part):
    """The report of ``mutasi forecast``."""

    version: int = SCHEMA
    as_of: date
    region: str
    months: tuple[int, ...]
    leaving: Leaving | None
    total: Outlook
    positions: tuple[Outlook, ...]
    units: tuple[Outlook, ...]
    sectors: tuple[Outlook, ...]
    retiring: tuple[Retiring, ...]
    hindsight: tuple[Hindsight, ...]
    gaps: tuple[Gap, ...]
