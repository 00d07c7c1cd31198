"""The nouns of placement: what a region's records are made of.

Each noun is a frozen dataclass whose fields say their meaning, unit and bounds
once, as :class:`Fact`.  The store's tables, the bundle's contracts and the
documentation are all derived from here, so a word has one meaning everywhere.

Every noun carries ``known_on``: the day from which the record could be known.
What happened and what was known of it are different things; a prediction may
only use what was known.
"""

from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, ClassVar, get_args, get_origin, get_type_hints


class EmployeeKind(StrEnum):
    """Legal kind of an employee (*jenis ASN*)."""

    CIVIL_SERVANT = "PNS"
    CONTRACT = "PPPK"


class PositionKind(StrEnum):
    """Legal kind of a position (*jenis jabatan*)."""

    STRUCTURAL = "STRUKTURAL"
    FUNCTIONAL = "FUNGSIONAL"
    GENERAL = "PELAKSANA"


class Assignment(StrEnum):
    """How a post is held (*jenis penugasan*); acting is no tenure."""

    DEFINITIVE = "D"
    ACTING = "PLT"


class Answer(StrEnum):
    """What became of an offer."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class Scheme(StrEnum):
    """The regulation under which an appraisal (*SKP*) was made."""

    NUMERIC = "skp_2011"
    QUADRANT = "skp_2022"


class Severity(StrEnum):
    """Weight of a sanction (*tingkat hukuman disiplin*)."""

    LIGHT = "R"
    MODERATE = "S"
    SEVERE = "B"


ACTIVE = "01"
"""SIASN *kedudukan hukum* of an employee in active service."""

COMPETENCIES = (
    "integrity",
    "cooperation",
    "communication",
    "results",
    "service",
    "development",
    "change",
    "decisions",
    "cohesion",
)
"""The eight managerial and one socio-cultural competencies, in the order M.1 to
M.8 and SK.1 of PermenPANRB 38/2017."""

FIELDS = (
    "health",
    "education",
    "engineering",
    "informatics",
    "economics",
    "law",
    "government",
    "social",
    "agriculture",
    "statistics",
    "archives",
    "culture",
)
"""Families of fields of study (*rumpun pendidikan*)."""

FUNCTIONS = (
    "health",
    "education",
    "public_works",
    "housing",
    "environment",
    "transport",
    "communication",
    "finance",
    "audit",
    "planning",
    "personnel",
    "secretariat",
    "council",
    "law_order",
    "district",
    "civil_registry",
    "village",
    "social",
    "labour",
    "trade",
    "cooperatives",
    "investment",
    "agriculture",
    "fisheries",
    "food",
    "culture_tourism",
    "archives",
    "disaster",
    "politics",
)
"""Functions of government (*urusan*) that a unit serves."""


@dataclass(frozen=True)
class Fact:
    """What a field of a noun means, and what values it may have.

    Attributes:
        text: The meaning, in a sentence fragment.
        unit: The unit of a number.
        low: The smallest value allowed.
        high: The largest value allowed.
        codes: The only values allowed.
        references: The noun whose key the value must be.
        personal: Identifies a person: never a feature, never in a log.
        protected: A protected attribute: audits, never predicts.
    """

    text: str
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    codes: tuple[str, ...] | None = None
    references: str | None = None
    personal: bool = False
    protected: bool = False


KnownOn = Annotated[date, Fact("day from which this record could be known")]
EmployeeRef = Annotated[str, Fact("the employee", references="employees")]
PositionRef = Annotated[str, Fact("the position", references="positions")]
Level = Annotated[float | None, Fact("level", unit="1 (lowest) to 5", low=0, high=5)]
Latitude = Annotated[float | None, Fact("latitude", unit="degrees north", low=-90, high=90)]
Longitude = Annotated[float | None, Fact("longitude", unit="degrees east", low=-180, high=180)]
Grade = Annotated[
    int, Fact("grade (golongan)", unit="1 = I/a … 17 = IV/e; PPPK 1 = I … 17 = XVII", low=1, high=17)
]


@dataclass(frozen=True)
class Unit:
    """A part of the organisation (*unit kerja*): an office, a school, a health centre."""

    table: ClassVar[str] = "units"
    key: ClassVar[tuple[str, ...]] = ("unit_id",)

    unit_id: Annotated[str, Fact("id of the unit")]
    name: Annotated[str, Fact("name of the unit")]
    region: Annotated[str, Fact("the government it belongs to")]
    parent_id: Annotated[str | None, Fact("the unit above", references="units")]
    function: Annotated[str | None, Fact("function of government (urusan) it serves")]
    place: Annotated[str | None, Fact("place (kecamatan, town) where it lies")]
    latitude: Latitude
    longitude: Longitude
    is_remote: Annotated[bool, Fact("declared remote (terpencil)")]
    known_on: KnownOn


@dataclass(frozen=True)
class Position:
    """A post in a unit (*jabatan*), with what it demands; several people may hold it."""

    table: ClassVar[str] = "positions"
    key: ClassVar[tuple[str, ...]] = ("position_id",)

    position_id: Annotated[str, Fact("id of the position")]
    unit_id: Annotated[str, Fact("the unit it belongs to", references="units")]
    title: Annotated[str, Fact("title (nama jabatan)")]
    kind: Annotated[str | None, Fact("legal kind (jenis jabatan)", codes=tuple(PositionKind))]
    family: Annotated[str | None, Fact("job family (rumpun jabatan), as nurse or auditor")]
    rung: Annotated[
        str | None, Fact("eselon (II.a … IV.b) or jenjang (PM TR MH PY PT MU MA UT), empty for pelaksana")
    ]
    level: Annotated[
        int | None,
        Fact("rung on the ladder that all kinds share", unit="1 pelaksana … 8 JPT utama", low=1, high=8),
    ]
    function: Annotated[str | None, Fact("function of government, if not its unit's")]
    lowest_grade: Annotated[int | None, Fact("lowest grade", unit="1 to 17", low=1, high=17)]
    highest_grade: Annotated[int | None, Fact("highest grade", unit="1 to 17", low=1, high=17)]
    minimum_education: Annotated[
        int | None, Fact("lowest level of education", unit="SIASN tkPendidikan, 5 = SD … 50 = S-3", low=5, high=50)
    ]
    fields: Annotated[str | None, Fact("fields of study that qualify, ';' between; empty = any")]
    retirement_age: Annotated[int | None, Fact("age of retirement (BUP)", unit="years", low=50, high=70)]
    allowance_class: Annotated[int | None, Fact("kelas jabatan, which sets the allowance", low=1, high=17)]
    integrity: Level
    cooperation: Level
    communication: Level
    results: Level
    service: Level
    development: Level
    change: Level
    decisions: Level
    cohesion: Level
    technical: Level
    closed_on: Annotated[date | None, Fact("day on which the position ceased to exist")]
    known_on: KnownOn


@dataclass(frozen=True)
class Need:
    """How many people a position needs from a day on (*kebutuhan*, by *ABK*)."""

    table: ClassVar[str] = "needs"
    key: ClassVar[tuple[str, ...]] = ("position_id", "since")

    position_id: PositionRef
    since: Annotated[date, Fact("first day of validity")]
    needed: Annotated[int, Fact("people needed", unit="people", low=0, high=10_000)]
    known_on: KnownOn


@dataclass(frozen=True)
class Employee:
    """A civil servant (*ASN*)."""

    table: ClassVar[str] = "employees"
    key: ClassVar[tuple[str, ...]] = ("employee_id",)

    employee_id: Annotated[str, Fact("NIP, 18 digits, kept as text", personal=True)]
    name: Annotated[str | None, Fact("name", personal=True)]
    region: Annotated[str, Fact("the government that employs")]
    kind: Annotated[str | None, Fact("legal kind", codes=tuple(EmployeeKind))]
    born_on: Annotated[date | None, Fact("day of birth", protected=True)]
    sex: Annotated[str | None, Fact("sex", codes=("M", "F"), protected=True)]
    appointed_on: Annotated[date, Fact("first day of service (TMT CPNS)")]
    known_on: KnownOn


@dataclass(frozen=True)
class Standing:
    """Legal standing of an employee from a day on (*kedudukan hukum*)."""

    table: ClassVar[str] = "standings"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "since")

    employee_id: EmployeeRef
    since: Annotated[date, Fact("first day of validity")]
    standing: Annotated[str, Fact("SIASN kedudukanHukum, 01 = active")]
    known_on: KnownOn


@dataclass(frozen=True)
class GradeHeld:
    """Grade of an employee from a day on (*golongan*, *TMT golongan*)."""

    table: ClassVar[str] = "grades"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "since")

    employee_id: EmployeeRef
    since: Annotated[date, Fact("first day in the grade")]
    grade: Grade
    known_on: KnownOn


@dataclass(frozen=True)
class Residence:
    """Where an employee lives from a day on; coarse (the place's centre)."""

    table: ClassVar[str] = "residences"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "since")

    employee_id: EmployeeRef
    since: Annotated[date, Fact("first day there")]
    place: Annotated[str | None, Fact("place (kecamatan, town)")]
    latitude: Latitude
    longitude: Longitude
    known_on: KnownOn


@dataclass(frozen=True)
class Posting:
    """A stay of an employee in a position (*riwayat jabatan*)."""

    table: ClassVar[str] = "postings"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "position_id", "started_on")

    employee_id: EmployeeRef
    position_id: PositionRef
    started_on: Annotated[date, Fact("first day in the post (TMT jabatan)")]
    ended_on: Annotated[date | None, Fact("last day in the post; empty while it lasts")]
    assignment: Annotated[str, Fact("how it is held; PLT and PLH are no tenure", codes=tuple(Assignment))]
    known_on: KnownOn


@dataclass(frozen=True)
class Appraisal:
    """Yearly appraisal of performance (*SKP*)."""

    table: ClassVar[str] = "appraisals"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "year")

    employee_id: EmployeeRef
    year: Annotated[int, Fact("year that is judged", low=1950, high=2100)]
    scheme: Annotated[str, Fact("regulation it follows", codes=tuple(Scheme))]
    score: Annotated[float | None, Fact("SKP number, to 2021", unit="points", low=0, high=120)]
    results: Annotated[
        int | None, Fact("hasil kerja, from 2022", unit="1 above, 2 as expected, 3 below", low=1, high=3)
    ]
    behaviour: Annotated[
        int | None, Fact("perilaku kerja, from 2022", unit="1 above, 2 as expected, 3 below", low=1, high=3)
    ]
    predicate: Annotated[
        int | None, Fact("predikat", unit="1 sangat baik … 5 sangat kurang", low=1, high=5)
    ]
    rater: Annotated[str | None, Fact("code of the rater or the rating unit", personal=True)]
    known_on: KnownOn


@dataclass(frozen=True)
class Education:
    """A completed education (*riwayat pendidikan*)."""

    table: ClassVar[str] = "educations"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "level", "graduated_on")

    employee_id: EmployeeRef
    level: Annotated[int, Fact("level", unit="SIASN tkPendidikan, 5 = SD … 50 = S-3", low=5, high=50)]
    field: Annotated[str | None, Fact("family of the field of study; empty = unknown", codes=FIELDS)]
    name: Annotated[str | None, Fact("name of the education, as recorded")]
    graduated_on: Annotated[date, Fact("day of graduation")]
    known_on: KnownOn


@dataclass(frozen=True)
class Training:
    """A completed training (*diklat*, *kursus*)."""

    table: ClassVar[str] = "trainings"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "title", "completed_on")

    employee_id: EmployeeRef
    title: Annotated[str, Fact("title of the training")]
    kind: Annotated[
        str, Fact("kind of training", codes=("leadership", "functional", "technical", "other"))
    ]
    function: Annotated[str | None, Fact("function of government it is about; empty = general")]
    hours: Annotated[float | None, Fact("length", unit="hours (JP)", low=0, high=10_000)]
    completed_on: Annotated[date, Fact("last day of the training")]
    known_on: KnownOn


@dataclass(frozen=True)
class Assessment:
    """A competence assessment (*uji kompetensi*): nine competencies and the technical one."""

    table: ClassVar[str] = "assessments"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "assessed_on")

    employee_id: EmployeeRef
    assessed_on: Annotated[date, Fact("day of the assessment")]
    integrity: Level
    cooperation: Level
    communication: Level
    results: Level
    service: Level
    development: Level
    change: Level
    decisions: Level
    cohesion: Level
    technical: Level
    technical_function: Annotated[str | None, Fact("function that the technical level is about")]
    known_on: KnownOn


@dataclass(frozen=True)
class Sanction:
    """A disciplinary sanction (*hukuman disiplin*)."""

    table: ClassVar[str] = "sanctions"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "decided_on")

    employee_id: EmployeeRef
    decided_on: Annotated[date, Fact("first day of the sanction")]
    ended_on: Annotated[date | None, Fact("last day of the sanction; empty = open")]
    severity: Annotated[str, Fact("R light, S moderate, B severe", codes=tuple(Severity))]
    known_on: KnownOn


@dataclass(frozen=True)
class Offer:
    """A position offered to an employee, and the answer."""

    table: ClassVar[str] = "offers"
    key: ClassVar[tuple[str, ...]] = ("offer_id",)

    offer_id: Annotated[str, Fact("id of the offer")]
    employee_id: EmployeeRef
    position_id: PositionRef
    offered_on: Annotated[date, Fact("day of the offer")]
    answer: Annotated[str | None, Fact("the answer; empty while open", codes=tuple(Answer))]
    answered_on: Annotated[date | None, Fact("day of the answer")]
    reason: Annotated[str | None, Fact("code of the reason of a refusal, as distance or family")]
    known_on: KnownOn


@dataclass(frozen=True)
class Transfer:
    """A move from one position to another that took place (*mutasi*)."""

    table: ClassVar[str] = "transfers"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "started_on")

    employee_id: EmployeeRef
    from_position_id: Annotated[str | None, Fact("the position left", references="positions")]
    position_id: PositionRef
    decided_on: Annotated[date, Fact("day of the decision; what was known before it may be used")]
    started_on: Annotated[date, Fact("first day in the new post")]
    offer_id: Annotated[str | None, Fact("the offer that led to it", references="offers")]
    known_on: KnownOn


NOUNS: tuple[type[Any], ...] = (
    Unit,
    Position,
    Need,
    Employee,
    Standing,
    GradeHeld,
    Residence,
    Posting,
    Appraisal,
    Education,
    Training,
    Assessment,
    Sanction,
    Offer,
    Transfer,
)
"""Every noun that is stored, parents before children."""


@dataclass(frozen=True)
class Column:
    """One field of a noun, as storage and contracts see it.

    Attributes:
        name: The field's name.
        kind: ``str``, ``int``, ``float``, ``bool`` or ``date``.
        optional: Whether it may be empty.
        fact: Its meaning and bounds.
    """

    name: str
    kind: type
    optional: bool
    fact: Fact


def columns(noun: type[Any]) -> tuple[Column, ...]:
    """Return the fields of a noun in order.

    >>> [column.name for column in columns(Need)]
    ['position_id', 'since', 'needed', 'known_on']
    >>> columns(Need)[2].fact.unit
    'people'
    """
    hints = get_type_hints(noun, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(noun))


def _column(name: str, hint: Any) -> Column:
    assert get_origin(hint) is Annotated, f"{name} says no Fact"
    kind, fact = get_args(hint)[:2]
    choices = [option for option in get_args(kind) if option is not type(None)]
    return Column(name, choices[0] if choices else kind, bool(choices), fact)
