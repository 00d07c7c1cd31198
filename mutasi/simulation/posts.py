"""The posts of each type of unit, and how many people they need."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from mutasi.simulation.jobs import (
    ANY_OFFICE,
    CLERKS,
    EXPERT,
    FAMILIES,
    OWN_FAMILIES,
    RUNGS,
)
from mutasi.simulation.organisation import UnitPlan


class PostPlan(NamedTuple):
    """A post: what it is called, its rung, and how many people it should have.

    Attributes:
        code: Its id inside the unit.
        title: Its title.
        family: A name of ``jobs.FAMILIES``, ``structural`` or ``clerk``.
        rung: A name of ``jobs.RUNGS``, or a name of ``jobs.CLERKS``.
        function: Its function, if not the unit's.
        need: People it should have; fractions are settled by chance.
    """

    code: str
    title: str
    family: str
    rung: str
    function: str | None
    need: float


def post_plans(rng: np.random.Generator, unit: UnitPlan) -> Iterator[PostPlan]:
    """Yield the posts of a unit with whole needs."""
    for post in _TEMPLATES[unit.kind](unit):
        whole = int(np.floor(post.need + rng.random()))
        if whole > 0 or post.family in KEEP_EMPTY:
            yield post._replace(need=float(whole))


KEEP_EMPTY = ("teacher_primary", "teacher_subject", "nurse", "midwife")
"""Families whose rungs all exist in a unit, so that people can rise in place."""


def _leads(code: str, title: str, rung: str, function: str | None = None) -> PostPlan:
    return PostPlan(code, title, "structural", rung, function, 1.0)


def _clerks(shares: dict[str, float], staff: float) -> Iterator[PostPlan]:
    total = sum(shares.values())
    for code, share in shares.items():
        yield PostPlan(code, CLERKS[code].title, "clerk", code, None, staff * share / total)


def _family(name: str, need: float, shares: tuple[float, ...] | None = None) -> Iterator[PostPlan]:
    family = FAMILIES[name]
    weights = shares or tuple(1.0 for _ in family.rungs)
    for rung, weight in zip(family.rungs, weights, strict=True):
        title = family.title
        if len(family.rungs) > 1:
            title = f"{title} {RUNGS[rung].name}"
        yield PostPlan(
            f"{family.code}-{rung}",
            title,
            name,
            rung,
            family.function,
            need * weight / sum(weights),
        )


def _primary_school(unit: UnitPlan) -> Iterator[PostPlan]:
    yield from _family("head_teacher", 1)
    yield from _family("teacher_primary", unit.staff * 0.7, (0.23, 0.28, 0.49))
    yield from _family("teacher_sport", unit.staff * 0.09, (0.4, 0.35, 0.25))
    yield from _clerks({"PUO": 0.7, "PAP": 0.3}, unit.staff * 0.09)


def _secondary_school(unit: UnitPlan) -> Iterator[PostPlan]:
    yield from _family("head_teacher", 1)
    yield from _family("teacher_subject", unit.staff * 0.74, (0.23, 0.28, 0.49))
    yield from _family("teacher_sport", unit.staff * 0.06, (0.4, 0.35, 0.25))
    yield from _clerks({"PDI": 0.2, "PAP": 0.5, "PUO": 0.3}, unit.staff * 0.16)


def _health_centre(unit: UnitPlan) -> Iterator[PostPlan]:
    staff = unit.staff
    yield from _family("head_of_health_centre", 1)
    yield _leads("KTU", "Kepala Subbagian Tata Usaha", "IV.b", "secretariat")
    yield from _family("doctor", staff * 0.07, (0.5, 0.35, 0.15))
    yield from _family("dentist", staff * 0.025)
    yield from _family("nurse", staff * 0.25, (0.5, 0.3, 0.2))
    yield from _family("nurse_expert", staff * 0.07)
    yield from _family("midwife", staff * 0.28, (0.5, 0.3, 0.2))
    for name in ("pharmacist", "nutritionist", "sanitarian", "laboratory", "medical_records"):
        yield from _family(name, staff * 0.035)
    yield from _clerks({"PDI": 0.4, "PAP": 0.4, "OLO": 0.2}, staff * 0.09)


def _hospital(unit: UnitPlan) -> Iterator[PostPlan]:
    staff = unit.staff
    yield _leads("DIR", "Direktur RSUD", "III.a")
    if staff > 40:
        for number, (part, function) in enumerate(
            (("Pelayanan", None), ("Umum dan Keuangan", "finance")), start=1
        ):
            yield _leads(f"KABID-{number}", f"Kepala Bidang {part}", "III.b", function)
            yield _leads(f"KASI-{number}", f"Kepala Seksi {part}", "IV.a", function)
    yield from _family("doctor", staff * 0.08, (0.45, 0.35, 0.2))
    yield from _family("specialist", staff * 0.06)
    yield from _family("nurse", staff * 0.32, (0.45, 0.33, 0.22))
    yield from _family("nurse_expert", staff * 0.1)
    yield from _family("midwife", staff * 0.1, (0.45, 0.33, 0.22))
    yield from _family("pharmacist", staff * 0.03)
    for name in ("nutritionist", "sanitarian", "laboratory", "medical_records"):
        yield from _family(name, staff * 0.025)
    yield from _clerks({"PTK": 0.2, "PDI": 0.3, "PAP": 0.3, "OLO": 0.2}, staff * 0.13)


def _office(unit: UnitPlan) -> Iterator[PostPlan]:
    staff, function = unit.staff, unit.function or "secretariat"
    head = "Sekretaris Daerah" if unit.code == "SETDA" else f"Kepala {unit.name}"
    yield _leads("KEPALA", head, "II.b")
    yield _leads("SEKRETARIS", f"Sekretaris {unit.name}", "III.a", "secretariat")
    divisions = int(np.clip(round(staff / 20), 2, 6))
    for number in range(1, divisions + 1):
        yield _leads(f"KABID-{number}", f"Kepala Bidang {number} {unit.name}", "III.b")
        if staff > 30:
            yield _leads(f"KASI-{number}", f"Kepala Seksi {number} {unit.name}", "IV.a")
    yield _leads("KASUBBAG-UMUM", "Kepala Subbagian Umum dan Kepegawaian", "IV.a", "personnel")
    if staff > 30:
        yield _leads("KASUBBAG-KEU", "Kepala Subbagian Keuangan", "IV.a", "finance")
        yield _leads("KUPT", f"Kepala UPTD {unit.name}", "IV.b")
    own = OWN_FAMILIES[function]
    for name in own:
        yield from _family(name, staff * 0.3 / len(own))
    for name in ANY_OFFICE:
        if name not in own:
            yield from _family(name, staff * 0.018)
    yield from _clerks(
        {"PTK": 0.42, "PDI": 0.22, "PAP": 0.2, "OLO": 0.1, "PUO": 0.06},
        staff * 0.58 - divisions - 3,
    )


def _district(unit: UnitPlan) -> Iterator[PostPlan]:
    yield _leads("CAMAT", f"Camat {unit.name.removeprefix('Kecamatan ')}", "III.a")
    yield _leads("SEKCAM", "Sekretaris Kecamatan", "III.b", "secretariat")
    for number, (part, function) in enumerate(
        (("Pemerintahan", None), ("Pemberdayaan Masyarakat", "village"), ("Trantib", "law_order")),
        start=1,
    ):
        yield _leads(f"KASI-{number}", f"Kepala Seksi {part}", "IV.a", function)
    yield _leads("KASUBBAG", "Kepala Subbagian Umum dan Keuangan", "IV.b", "finance")
    yield from _clerks({"PTK": 0.3, "PDI": 0.25, "PAP": 0.3, "OLO": 0.15}, unit.staff - 6)


def _village(unit: UnitPlan) -> Iterator[PostPlan]:
    yield _leads("LURAH", f"Lurah {unit.name.removeprefix('Kelurahan ')}", "IV.a", "village")
    yield _leads("SEKLUR", "Sekretaris Kelurahan", "IV.b", "secretariat")
    yield _leads("KASI-1", "Kepala Seksi Pemerintahan", "IV.b", "district")
    yield from _clerks({"PTK": 0.2, "PDI": 0.3, "PAP": 0.5}, unit.staff - 3)


def _nothing(_: UnitPlan) -> Iterator[PostPlan]:
    return iter(())


_TEMPLATES: dict[str, Callable[[UnitPlan], Iterator[PostPlan]]] = {
    "ROOT": _nothing,
    "OPD": _office,
    "KEC": _district,
    "KEL": _village,
    "PKM": _health_centre,
    "RSUD": _hospital,
    "SMP": _secondary_school,
    "SD": _primary_school,
}

assert set(EXPERT) <= set(RUNGS)
