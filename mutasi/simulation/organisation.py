"""The units of an invented region and how large they are."""

from dataclasses import dataclass

import numpy as np

from mutasi.simulation.arrays import Ints
from mutasi.simulation.geography import Places, places
from mutasi.simulation.jobs import OFFICES

SHARES = {"SD": 0.25, "SMP": 0.145, "PKM": 0.115, "RSUD": 0.06, "KEC": 0.05, "KEL": 0.04}
"""Share of all staff that each type of unit has; the offices have the rest."""

STAFF = {"SD": 8.5, "SMP": 26.0, "PKM": 36.0, "KEC": 17.0, "KEL": 8.0}
"""Usual staff of one unit of a type, in people."""

OFFICE_STAFF = 19.0
"""Staff from which on an office is split in two, while there are kinds left."""

ROOT = "PEMKAB"


@dataclass(frozen=True)
class UnitPlan:
    """A unit before its posts are known.

    Attributes:
        code: Its id.
        name: Its name.
        kind: ``OPD``, ``SD``, ``SMP``, ``PKM``, ``RSUD``, ``KEC``, ``KEL`` or ``ROOT``.
        function: The function of government it serves.
        place: Number of its place.
        parent: Id of the unit above.
        staff: People it should have.
    """

    code: str
    name: str
    kind: str
    function: str | None
    place: int
    parent: str | None
    staff: float


def unit_plans(
    rng: np.random.Generator, name: str, employees: int
) -> tuple[Places, list[UnitPlan]]:
    """Return the places and the units of a region, parents first.

    Args:
        rng: Source of chance.
        name: Name of the region.
        employees: People in service.
    """
    where = places(rng, employees)
    plans = [UnitPlan(ROOT, f"Pemerintah {name}", "ROOT", None, 0, None, 0.0)]
    plans += _offices(rng, employees)
    plans += _districts(rng, where, employees)
    plans += _many(rng, where, "PKM", employees, ("Puskesmas", "health", "DINKES"))
    plans += _hospitals(employees)
    plans += _many(rng, where, "SMP", employees, ("SMP Negeri", "education", "DISDIK"))
    plans += _many(rng, where, "SD", employees, ("SD Negeri", "education", "DISDIK"))
    return where, plans


def _offices(rng: np.random.Generator, employees: int) -> list[UnitPlan]:
    staff = employees * (1 - sum(SHARES.values()))
    count = int(np.clip(staff / OFFICE_STAFF, 4, len(OFFICES)))
    weight = np.linspace(1.5, 0.7, count) * np.exp(rng.normal(0, 0.2, count))
    each = staff * weight / weight.sum()
    return [
        UnitPlan(code, title, "OPD", function, 0, ROOT, float(people))
        for (code, title, function), people in zip(OFFICES, each, strict=False)
    ]


def _districts(rng: np.random.Generator, where: Places, employees: int) -> list[UnitPlan]:
    staff = employees * SHARES["KEC"]
    count = int(np.clip(round(staff / STAFF["KEC"]), 1, len(where.names)))
    each = staff / count * np.exp(rng.normal(0, 0.1, count))
    plans = [
        UnitPlan(
            f"KEC-{place + 1:02d}",
            f"Kecamatan {where.names[place]}",
            "KEC",
            "district",
            place,
            ROOT,
            float(each[place]),
        )
        for place in range(count)
    ]
    villages = max(1, round(employees * SHARES["KEL"] / STAFF["KEL"]))
    chance = where.size[:count] * np.where(where.remote[:count], 0.3, 1.0)
    chosen: Ints = np.sort(rng.choice(count, size=villages, p=chance / chance.sum()))
    number = np.zeros(count, dtype=np.int64)
    for place in chosen.tolist():
        number[place] += 1
        plans.append(
            UnitPlan(
                f"KEL-{place + 1:02d}-{number[place]:02d}",
                f"Kelurahan {where.names[place]} {number[place]}",
                "KEL",
                "village",
                place,
                f"KEC-{place + 1:02d}",
                float(STAFF["KEL"] * np.exp(rng.normal(0, 0.15))),
            )
        )
    return plans


def _many(
    rng: np.random.Generator,
    where: Places,
    kind: str,
    employees: int,
    words: tuple[str, str, str],
) -> list[UnitPlan]:
    name, function, parent = words
    staff = employees * SHARES[kind]
    count = max(1, round(staff / STAFF[kind]))
    size = np.sqrt(where.size)
    share = size / size.sum() * count
    number = np.floor(share).astype(np.int64)
    rest = np.argsort(-(share - number), kind="stable")[: count - int(number.sum())]
    number[rest] += 1
    home = np.repeat(np.arange(len(number)), number)
    each = np.exp(rng.normal(0, 0.25, count)) * np.where(where.remote[home], 0.8, 1.0)
    each *= staff / each.sum()
    plans, seen = [], 0
    for place, many in enumerate(number.tolist()):
        for k in range(many):
            label = (
                f"{name} {where.names[place]}"
                if many == 1 and kind == "PKM"
                else (f"{name} {k + 1} {where.names[place]}")
            )
            plans.append(
                UnitPlan(
                    f"{kind}-{seen + 1:03d}",
                    label,
                    kind,
                    function,
                    place,
                    parent,
                    float(each[seen]),
                )
            )
            seen += 1
    return plans


def _hospitals(employees: int) -> list[UnitPlan]:
    staff = employees * SHARES["RSUD"]
    count = max(1, round(employees / 12_000))
    return [
        UnitPlan(f"RSUD-{k + 1}", f"RSUD {k + 1}", "RSUD", "health", k, "DINKES", staff / count)
        for k in range(count)
    ]
