"""Codes: the closed lists of values that records use."""

from enum import StrEnum


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


class Evidence(StrEnum):
    """How the answer to an offer is known; a proxy is no recorded answer."""

    RECORDED = "recorded"
    RETURN = "proxy_return"
    STAY = "proxy_stay"


class GovernmentKind(StrEnum):
    """Kind of a government that employs civil servants (*instansi*)."""

    PROVINCE = "PROV"
    REGENCY = "KAB"
    CITY = "KOTA"
    CENTRE = "PUSAT"
    MISSION = "LN"


class Route(StrEnum):
    """Kind of a move by the governments that it joins (*jenis mutasi*)."""

    WITHIN_REGIONAL = "dalam_instansi_daerah"
    WITHIN_CENTRAL = "dalam_instansi_pusat"
    SAME_PROVINCE = "antar_kabkota_satu_provinsi"
    PROVINCE_AND_REGENCY = "antara_provinsi_dan_kabkotanya"
    OTHER_PROVINCE = "antar_provinsi"
    REGION_AND_CENTRE = "daerah_dan_pusat"
    BETWEEN_CENTRAL = "antar_instansi_pusat"
    TO_MISSION = "ke_perwakilan_ri_ln"


class Scheme(StrEnum):
    """The regulation under which an appraisal (*SKP*) was made."""

    NUMERIC = "skp_2011"
    QUADRANT = "skp_2022"


class SanctionLevel(StrEnum):
    """Weight of a sanction (*tingkat hukuman disiplin*)."""

    LIGHT = "R"
    MODERATE = "S"
    SEVERE = "B"


ESELON = ("I.a", "I.b", "II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b", "V.a", "V.b")
"""Rungs of structural posts, the highest first."""

JENJANG = ("PM", "TR", "MH", "PY", "PT", "MU", "MA", "UT")
"""Rungs of functional posts: *keterampilan*, then *keahlian*, the lowest first."""

RUNGS = (*ESELON, *JENJANG)
"""Rungs that law names."""

LEVEL_OF_RUNG = dict(
    zip(RUNGS, (8, 7, 6, 6, 5, 4, 3, 2, 1, 1, 1, 1, 1, 2, 2, 3, 4, 6), strict=True)
)
"""Level of each rung on the ladder that all kinds of positions share; *pelaksana* is 1."""

ACTIVE = "01"
"""SIASN *kedudukan hukum* of an employee in active service."""

LEFT = frozenset({"66", "67", "69", "70", "77", "88", "98", "99"})
"""SIASN *kedudukan hukum* of those who are no longer employed: dismissed, retired, dead,
or whose appointment was undone."""

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
    "science",
    "religion",
    "languages",
    "security",
    "general",
)
"""Families of fields of study (*rumpun pendidikan*); new ones come last, for sets of
fields are kept as bits in this order.  ``general`` is schooling without a field."""

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
