"""The kinds of posts of a kabupaten: ladders, families and what they demand.

Ranges of grade follow PP 13/2002 and the customary ranges of functional posts,
retirement ages PP 11/2017, competence levels the grading of PermenPANRB 38/2017;
classes of allowance are typical of regional governments.
"""

import tomllib
from importlib.resources import files
from typing import Any, NamedTuple

from mutasi.vocabulary import PositionKind


class Rung(NamedTuple):
    """A step of a ladder (*eselon* or *jenjang*) and its usual demands.

    ``level`` is the rung that all kinds share: 1 pelaksana, terampil and mahir,
    2 IV.b, penyelia and ahli pertama, 3 IV.a and ahli muda, 4 III.b and ahli
    madya, 5 III.a, 6 JPT pratama (7 madya and 8 utama are not regional).
    """

    name: str
    level: int
    lowest: int
    highest: int
    education: int
    retirement: int
    allowance: int
    competence: int


RUNGS = {
    "II.b": Rung("", 6, 14, 15, 40, 60, 14, 4),
    "III.a": Rung("", 5, 13, 14, 40, 58, 12, 3),
    "III.b": Rung("", 4, 12, 13, 40, 58, 11, 3),
    "IV.a": Rung("", 3, 11, 12, 30, 58, 9, 2),
    "IV.b": Rung("", 2, 10, 11, 30, 58, 8, 2),
    "TR": Rung("Terampil", 1, 6, 8, 30, 58, 6, 1),
    "MH": Rung("Mahir", 1, 9, 10, 30, 58, 7, 1),
    "PY": Rung("Penyelia", 2, 11, 12, 30, 58, 8, 2),
    "PT": Rung("Ahli Pertama", 2, 9, 10, 40, 58, 8, 1),
    "MU": Rung("Ahli Muda", 3, 11, 12, 40, 58, 9, 2),
    "MA": Rung("Ahli Madya", 4, 13, 15, 40, 60, 11, 3),
}
"""Steps that a regional government has."""

STRUCTURAL = ("IV.b", "IV.a", "III.b", "III.a", "II.b")
"""The structural ladder, lowest first."""

SKILLED = ("TR", "MH", "PY")
"""The ladder of *keterampilan*."""

EXPERT = ("PT", "MU", "MA")
"""The ladder of *keahlian*."""


class Clerk(NamedTuple):
    """A general post (*pelaksana*)."""

    title: str
    lowest: int
    highest: int
    education: int
    allowance: int


CLERKS = {
    "PTK": Clerk("Penelaah Teknis Kebijakan", 9, 12, 40, 7),
    "PDI": Clerk("Pengolah Data dan Informasi", 7, 11, 30, 6),
    "PAP": Clerk("Pengadministrasi Perkantoran", 5, 10, 15, 5),
    "OLO": Clerk("Operator Layanan Operasional", 4, 9, 15, 5),
    "PUO": Clerk("Pengelola Umum Operasional", 1, 6, 5, 3),
}
"""General posts since KepmenPANRB 11/2024, best paid first."""


class Family(NamedTuple):
    """A family of functional posts (*rumpun jabatan fungsional*).

    Attributes:
        name: Its name.
        code: Its part in the ids of posts.
        title: What its posts are called.
        rungs: Its ladder, lowest first.
        fields: Fields of study that qualify.
        function: The function of government that it serves, if not the unit's.
        track: ``school``, ``health`` or ``office``.
        education: Lowest level of education, where more than the rung asks.
        retirement: Age of retirement in years, where more than the rung's.
    """

    name: str
    code: str
    title: str
    rungs: tuple[str, ...]
    fields: tuple[str, ...]
    function: str | None = None
    track: str = "office"
    education: int = 0
    retirement: int = 0


def _families() -> dict[str, Family]:
    chapters: dict[str, dict[str, Any]] = tomllib.loads(
        files("mutasi.simulation").joinpath("families.toml").read_text(encoding="utf-8")
    )
    found = {}
    for name, facts in chapters.items():
        lists = {key: tuple(value) for key, value in facts.items() if isinstance(value, list)}
        made: dict[str, Any] = {**facts, **lists}
        found[name] = Family(name, **made)
    return found


FAMILIES = _families()
"""Families of functional posts by name (``families.toml``)."""

OWN_FAMILIES = {
    "health": ("epidemiologist", "health_administrator"),
    "education": ("school_inspector",),
    "public_works": ("road_engineer", "spatial_planner"),
    "housing": ("building_engineer",),
    "environment": ("environmental_officer",),
    "transport": ("vehicle_inspector",),
    "communication": ("computing", "public_relations", "statistician"),
    "finance": ("finance_analyst",),
    "audit": ("auditor", "supervisor"),
    "planning": ("planner", "statistician"),
    "personnel": ("personnel_analyst",),
    "secretariat": ("policy_analyst", "legal_drafter", "procurement"),
    "council": ("legal_drafter",),
    "law_order": ("public_order",),
    "civil_registry": ("registry_administrator",),
    "village": ("community_organiser",),
    "social": ("social_worker", "family_planner"),
    "labour": ("labour_officer",),
    "trade": ("metrologist", "trade_inspector"),
    "cooperatives": ("cooperative_inspector",),
    "investment": ("investment_officer",),
    "agriculture": ("farm_adviser", "veterinarian"),
    "fisheries": ("fishery_adviser",),
    "food": ("food_analyst",),
    "culture_tourism": ("tourism_officer", "culture_officer"),
    "archives": ("librarian", "archivist"),
    "disaster": ("disaster_officer",),
    "politics": ("policy_analyst",),
}
"""Functional families that serve the function of an office."""

ANY_OFFICE = ("archivist", "planner", "finance_analyst", "computing")
"""Functional families that any office may have."""

FIELDS_OF = {
    "health": ("health",),
    "education": ("education",),
    "public_works": ("engineering",),
    "housing": ("engineering",),
    "environment": ("engineering", "agriculture"),
    "transport": ("engineering",),
    "communication": ("informatics", "social"),
    "finance": ("economics",),
    "audit": ("economics", "law"),
    "planning": ("statistics", "economics", "engineering"),
    "personnel": ("government", "social"),
    "secretariat": ("government", "law"),
    "council": ("government", "law"),
    "law_order": ("law", "government"),
    "district": ("government",),
    "civil_registry": ("government", "informatics"),
    "village": ("government", "social"),
    "social": ("social",),
    "labour": ("social", "law"),
    "trade": ("economics",),
    "cooperatives": ("economics",),
    "investment": ("economics", "law"),
    "agriculture": ("agriculture",),
    "fisheries": ("agriculture",),
    "food": ("agriculture",),
    "culture_tourism": ("culture",),
    "archives": ("archives",),
    "disaster": ("engineering", "social"),
    "politics": ("social", "government"),
}
"""Fields of study that serve a function, best first."""

OFFICES = (
    ("BKPSDM", "Badan Kepegawaian dan Pengembangan SDM", "personnel"),
    ("DISDIK", "Dinas Pendidikan", "education"),
    ("DINKES", "Dinas Kesehatan", "health"),
    ("SETDA", "Sekretariat Daerah", "secretariat"),
    ("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang", "public_works"),
    ("BPKAD", "Badan Pengelolaan Keuangan dan Aset Daerah", "finance"),
    ("BAPPEDA", "Badan Perencanaan Pembangunan Daerah", "planning"),
    ("DISTAN", "Dinas Pertanian", "agriculture"),
    ("ITDA", "Inspektorat Daerah", "audit"),
    ("DISKOMINFO", "Dinas Komunikasi dan Informatika", "communication"),
    ("DINSOS", "Dinas Sosial, P3A dan Keluarga Berencana", "social"),
    ("SATPOLPP", "Satuan Polisi Pamong Praja", "law_order"),
    ("DISDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil", "civil_registry"),
    ("DISHUB", "Dinas Perhubungan", "transport"),
    ("DLH", "Dinas Lingkungan Hidup", "environment"),
    ("DISPERIN", "Dinas Perindustrian dan Perdagangan", "trade"),
    ("DPMD", "Dinas Pemberdayaan Masyarakat dan Desa", "village"),
    ("SETWAN", "Sekretariat DPRD", "council"),
    ("DPMPTSP", "Dinas Penanaman Modal dan PTSP", "investment"),
    ("DISNAKER", "Dinas Tenaga Kerja", "labour"),
    ("DINKOP", "Dinas Koperasi dan UKM", "cooperatives"),
    ("PERKIM", "Dinas Perumahan dan Kawasan Permukiman", "housing"),
    ("DKP", "Dinas Kelautan dan Perikanan", "fisheries"),
    ("DKPANGAN", "Dinas Ketahanan Pangan", "food"),
    ("DISPORAPAR", "Dinas Kepemudaan, Olahraga dan Pariwisata", "culture_tourism"),
    ("ARPUS", "Dinas Kearsipan dan Perpustakaan", "archives"),
    ("BPBD", "Badan Penanggulangan Bencana Daerah", "disaster"),
    ("KESBANGPOL", "Badan Kesatuan Bangsa dan Politik", "politics"),
)
"""Offices (*organisasi perangkat daerah*): code, name, function; the first ones
exist in the smallest region."""

KIND_OF_RUNG = dict.fromkeys(STRUCTURAL, PositionKind.STRUCTURAL) | dict.fromkeys(
    (*SKILLED, *EXPERT), PositionKind.FUNCTIONAL
)
"""Legal kind of a post by its rung; posts without one are general."""
