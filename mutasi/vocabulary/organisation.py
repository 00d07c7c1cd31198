"""Units, positions and how many people they need."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, ClassVar

from mutasi.vocabulary._fact import Fact, KnownOn, Latitude, Level, Longitude, PositionRef
from mutasi.vocabulary.codes import PositionKind


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
    known_on: KnownOn
