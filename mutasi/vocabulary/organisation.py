"""Units, positions and how many people they need."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from mutasi.vocabulary._fact import Fact, KnownOn, Latitude, Level, Longitude, PositionRef
from mutasi.vocabulary.codes import GovernmentKind, PositionKind


@dataclass(frozen=True)
class Government:
    """A government that units and employees belong to (*instansi*)."""

    table: ClassVar[str] = "governments"
    key: ClassVar[tuple[str, ...]] = ("region",)

    region: Annotated[str, Fact("the government, as units and employees name it")]
    kind: Annotated[str, Fact("kind of government", codes=tuple(GovernmentKind))]
    province: Annotated[str | None, Fact("the province it lies in; empty for the centre")]
    known_on: KnownOn


@dataclass(frozen=True)
class Blackout:
    """Days on which officials may not be replaced (*masa larangan mutasi*)."""

    table: ClassVar[str] = "blackouts"
    key: ClassVar[tuple[str, ...]] = ("region", "since")

    region: Annotated[str, Fact("the government that it binds")]
    since: Annotated[date, Fact("first day")]
    until: Annotated[date, Fact("last day")]
    reason: Annotated[
        str, Fact("an election, or the first months of a new head", codes=("election", "new_head"))
    ]
    approved_on: Annotated[
        date | None, Fact("day on which the Minister allowed replacements within it; empty = not")
    ]
    known_on: KnownOn


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
        str | None,
        Fact("eselon (II.a … IV.b) or jenjang (PM TR MH PY PT MU MA UT), empty for pelaksana"),
    ]
    level: Annotated[
        int | None,
        Fact(
            "rung on the ladder that all kinds share",
            unit="1 pelaksana … 8 JPT utama",
            low=1,
            high=8,
        ),
    ]
    function: Annotated[str | None, Fact("function of government, if not its unit's")]
    lowest_grade: Annotated[int | None, Fact("lowest grade", unit="1 to 17", low=1, high=17)]
    highest_grade: Annotated[int | None, Fact("highest grade", unit="1 to 17", low=1, high=17)]
    minimum_education: Annotated[
        int | None,
        Fact(
            "lowest level of education",
            unit="SIASN tkPendidikan, 5 = SD … 50 = S-3",
            low=5,
            high=50,
        ),
    ]
    fields: Annotated[str | None, Fact("fields of study that qualify, ';' between; empty = any")]
    retirement_age: Annotated[
        int | None, Fact("age of retirement (BUP)", unit="years", low=50, high=70)
    ]
    allowance_class: Annotated[
        int | None, Fact("kelas jabatan, which sets the allowance", low=1, high=17)
    ]
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
    workload: Annotated[
        float | None,
        Fact(
            "Σ volume × norm of time, where it was counted", unit="minutes a year", low=0, high=1e9
        ),
    ]
    known_on: KnownOn


@dataclass(frozen=True)
class Demand:
    """A signal that a unit's work is urgent for a time (*pengaduan*, *isu mendesak*)."""

    table: ClassVar[str] = "demands"
    key: ClassVar[tuple[str, ...]] = ("unit_id", "subject", "since")

    unit_id: Annotated[str, Fact("the unit", references="units")]
    subject: Annotated[str, Fact("what it is about, as complaints on a service")]
    since: Annotated[date, Fact("first day")]
    until: Annotated[date | None, Fact("last day; empty while it lasts")]
    weight: Annotated[
        float, Fact("how much more a missing person counts, 1 = as usual", low=0, high=10)
    ]
    known_on: KnownOn
