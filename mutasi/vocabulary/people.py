"""Employees and what is on record of them."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from mutasi.vocabulary._fact import (
    EmployeeRef,
    Fact,
    Grade,
    KnownOn,
    Latitude,
    Level,
    Longitude,
    Points,
    PositionRef,
)
from mutasi.vocabulary.codes import FIELDS, Assignment, EmployeeKind, SanctionLevel, Scheme


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
    assignment: Annotated[
        str, Fact("how it is held; PLT and PLH are no tenure", codes=tuple(Assignment))
    ]
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
        int | None,
        Fact("hasil kerja, from 2022", unit="1 above, 2 as expected, 3 below", low=1, high=3),
    ]
    behaviour: Annotated[
        int | None,
        Fact("perilaku kerja, from 2022", unit="1 above, 2 as expected, 3 below", low=1, high=3),
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
    level: Annotated[
        int, Fact("level", unit="SIASN tkPendidikan, 5 = SD … 50 = S-3", low=5, high=50)
    ]
    field: Annotated[
        str | None, Fact("family of the field of study; empty = unknown", codes=FIELDS)
    ]
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
    severity: Annotated[str, Fact("R light, S moderate, B severe", codes=tuple(SanctionLevel))]
    known_on: KnownOn


@dataclass(frozen=True)
class Review:
    """A periodic appraisal within a year (*kinerja periodik*), monthly or quarterly."""

    table: ClassVar[str] = "reviews"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "started_on", "ended_on")

    employee_id: EmployeeRef
    started_on: Annotated[date, Fact("first day judged")]
    ended_on: Annotated[date, Fact("last day judged")]
    results: Annotated[
        int | None, Fact("hasil kerja", unit="1 above, 2 as expected, 3 below", low=1, high=3)
    ]
    behaviour: Annotated[
        int | None, Fact("perilaku kerja", unit="1 above, 2 as expected, 3 below", low=1, high=3)
    ]
    predicate: Annotated[
        int | None, Fact("predikat", unit="1 sangat baik … 5 sangat kurang", low=1, high=5)
    ]
    known_on: KnownOn


@dataclass(frozen=True)
class Potential:
    """An assessment of potential (*potensi*)."""

    table: ClassVar[str] = "potentials"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "assessed_on")

    employee_id: EmployeeRef
    assessed_on: Annotated[date, Fact("day of the assessment")]
    intellectual: Points
    interpersonal: Points
    self_awareness: Points
    critical_thinking: Points
    commitment: Points
    total: Points
    known_on: KnownOn


@dataclass(frozen=True)
class Credit:
    """Credit points of a functional post (*angka kredit*, *PAK*)."""

    table: ClassVar[str] = "credits"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "decided_on")

    employee_id: EmployeeRef
    decided_on: Annotated[date, Fact("day of the decision")]
    points: Annotated[float, Fact("new credit in all", unit="points", low=0, high=5_000)]
    known_on: KnownOn


@dataclass(frozen=True)
class Award:
    """An award (*penghargaan*)."""

    table: ClassVar[str] = "awards"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "title", "awarded_on")

    employee_id: EmployeeRef
    title: Annotated[str, Fact("name of the award")]
    awarded_on: Annotated[date, Fact("day of the award")]
    known_on: KnownOn


@dataclass(frozen=True)
class MeritIndex:
    """The index of professionality (*IP ASN*)."""

    table: ClassVar[str] = "merit_indices"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "measured_on")

    employee_id: EmployeeRef
    measured_on: Annotated[date, Fact("day of the measurement")]
    qualification: Annotated[float | None, Fact("kualifikasi", unit="points", low=0, high=25)]
    competence: Annotated[float | None, Fact("kompetensi", unit="points", low=0, high=40)]
    performance: Annotated[float | None, Fact("kinerja", unit="points", low=0, high=30)]
    discipline: Annotated[float | None, Fact("disiplin", unit="points", low=0, high=5)]
    known_on: KnownOn


@dataclass(frozen=True)
class Circumstance:
    """What an employee told of own accord, to be protected by (*keadaan khusus*)."""

    table: ClassVar[str] = "circumstances"
    key: ClassVar[tuple[str, ...]] = ("employee_id", "kind", "since")

    employee_id: EmployeeRef
    kind: Annotated[
        str,
        Fact(
            "what it is",
            codes=("pregnancy", "disability", "illness", "small_children", "care", "spouse"),
            protected=True,
        ),
    ]
    since: Annotated[date, Fact("first day")]
    until: Annotated[date | None, Fact("last day; empty while it lasts")]
    known_on: KnownOn
