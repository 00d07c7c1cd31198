"""The kinds of posts of a kabupaten: ladders, families and what they demand.

Ranges of grade follow PP 13/2002 and the customary ranges of functional posts,
retirement ages PP 11/2017, competence levels the grading of PermenPANRB 38/2017;
classes of allowance are typical of regional governments.
"""

from typing import NamedTuple

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
    """A family of functional posts (*rumpun jabatan fungsional*)."""

    code: str
    title: str
    name: str
    rungs: tuple[str, ...]
    fields: tuple[str, ...]
    function: str | None = None
    track: str = "office"
    education: int | None = None
    retirement: int | None = None


_TEACH = ("education",)
_HEAL = ("health",)

FAMILIES = {
    family.name: family
    for family in (
        Family("GK", "Guru Kelas", "teacher_primary", EXPERT, _TEACH, None, "school", None, 60),
        Family("GM", "Guru Mata Pelajaran", "teacher_subject", EXPERT, _TEACH, None, "school", None, 60),
        Family("GO", "Guru PJOK", "teacher_sport", EXPERT, (*_TEACH, "culture"), None, "school", None, 60),
        Family("KS", "Kepala Sekolah", "head_teacher", ("MU",), _TEACH, None, "school", None, 60),
        Family("PS", "Pengawas Sekolah", "school_inspector", ("MA",), _TEACH, None, "school", None, 60),
        Family("DR", "Dokter", "doctor", EXPERT, _HEAL, None, "health", 42),
        Family("DS", "Dokter Spesialis", "specialist", ("MU", "MA"), _HEAL, None, "health", 47),
        Family("DG", "Dokter Gigi", "dentist", ("PT", "MU"), _HEAL, None, "health", 42),
        Family("PW", "Perawat", "nurse", SKILLED, _HEAL, None, "health"),
        Family("PA", "Perawat", "nurse_expert", ("PT", "MU"), _HEAL, None, "health"),
        Family("BD", "Bidan", "midwife", SKILLED, _HEAL, None, "health"),
        Family("AP", "Apoteker", "pharmacist", ("PT", "MU"), _HEAL, None, "health", 42),
        Family("GZ", "Nutrisionis", "nutritionist", ("TR", "MH"), _HEAL, None, "health"),
        Family("SN", "Sanitarian", "sanitarian", ("TR", "MH"), _HEAL, None, "health"),
        Family("LB", "Pranata Laboratorium Kesehatan", "laboratory", ("TR", "MH"), _HEAL, None, "health"),
        Family("RM", "Perekam Medis", "medical_records", ("TR", "MH"), _HEAL, None, "health"),
        Family("KP", "Kepala Puskesmas", "head_of_health_centre", ("MU",), _HEAL, None, "health"),
        Family("EP", "Epidemiolog Kesehatan", "epidemiologist", ("PT", "MU"), _HEAL, None, "health"),
        Family("AK", "Administrator Kesehatan", "health_administrator", ("PT", "MU"), _HEAL, None, "health"),
        Family("PK", "Pranata Komputer", "computing", EXPERT, ("informatics",), "communication"),
        Family("AR", "Arsiparis", "archivist", ("TR", "MH", "PT", "MU"), ("archives", "government"), "archives"),
        Family("PR", "Perencana", "planner", EXPERT, ("statistics", "economics", "engineering"), "planning"),
        Family("KU", "Analis Keuangan Pusat dan Daerah", "finance_analyst", ("PT", "MU"), ("economics",), "finance"),
        Family("AN", "Analis Kebijakan", "policy_analyst", EXPERT, ("government", "law", "social"), "secretariat"),
        Family("SD", "Analis SDM Aparatur", "personnel_analyst", EXPERT, ("government", "social", "law"), "personnel"),
        Family("HK", "Perancang Peraturan Perundang-undangan", "legal_drafter", EXPERT, ("law",), "secretariat"),
        Family("PB", "Pengelola Pengadaan Barang/Jasa", "procurement", ("PT", "MU"), ("economics", "law", "engineering"), "secretariat"),
        Family("AU", "Auditor", "auditor", EXPERT, ("economics", "law", "government"), "audit"),
        Family("PP", "Pengawas Penyelenggaraan Urusan Pemerintahan Daerah", "supervisor", EXPERT, ("government", "law"), "audit"),
        Family("TJ", "Teknik Jalan dan Jembatan", "road_engineer", EXPERT, ("engineering",)),
        Family("TR", "Penata Ruang", "spatial_planner", ("PT", "MU"), ("engineering",)),
        Family("TB", "Teknik Tata Bangunan dan Perumahan", "building_engineer", ("PT", "MU"), ("engineering",)),
        Family("LH", "Pengendali Dampak Lingkungan", "environmental_officer", EXPERT, ("engineering", "agriculture")),
        Family("UK", "Penguji Kendaraan Bermotor", "vehicle_inspector", SKILLED, ("engineering",)),
        Family("HM", "Pranata Hubungan Masyarakat", "public_relations", ("PT", "MU"), ("social",)),
        Family("ST", "Statistisi", "statistician", ("PT", "MU"), ("statistics",)),
        Family("SP", "Polisi Pamong Praja", "public_order", SKILLED, ("government", "law", "social")),
        Family("AD", "Administrator Database Kependudukan", "registry_administrator", ("PT", "MU"), ("informatics", "government")),
        Family("SM", "Penggerak Swadaya Masyarakat", "community_organiser", EXPERT, ("social", "government")),
        Family("SO", "Pekerja Sosial", "social_worker", EXPERT, ("social",)),
        Family("KB", "Penyuluh Keluarga Berencana", "family_planner", ("TR", "MH", "PT", "MU"), ("social", "health"), "social"),
        Family("NK", "Pengantar Kerja", "labour_officer", ("PT", "MU"), ("social", "law", "economics")),
        Family("PE", "Penera", "metrologist", ("TR", "MH"), ("engineering",)),
        Family("DA", "Pengawas Perdagangan", "trade_inspector", ("PT", "MU"), ("economics", "law")),
        Family("KO", "Pengawas Koperasi", "cooperative_inspector", ("PT", "MU"), ("economics",)),
        Family("PM", "Penata Kelola Penanaman Modal", "investment_officer", ("PT", "MU"), ("economics", "law")),
        Family("PT", "Penyuluh Pertanian", "farm_adviser", ("TR", "MH", "PT", "MU", "MA"), ("agriculture",)),
        Family("MV", "Medik Veteriner", "veterinarian", ("PT", "MU"), ("agriculture",), None, "office", 42),
        Family("PI", "Penyuluh Perikanan", "fishery_adviser", ("TR", "MH", "PT", "MU"), ("agriculture",)),
        Family("KN", "Analis Ketahanan Pangan", "food_analyst", ("PT", "MU"), ("agriculture", "economics")),
        Family("AW", "Adyatama Kepariwisataan", "tourism_officer", ("PT", "MU"), ("culture", "economics")),
        Family("BU", "Pamong Budaya", "culture_officer", ("TR", "PT", "MU"), ("culture",)),
        Family("PU", "Pustakawan", "librarian", ("TR", "MH", "PT", "MU"), ("archives",)),
        Family("BN", "Penata Penanggulangan Bencana", "disaster_officer", ("PT", "MU"), ("engineering", "social")),
    )
}  # fmt: skip
"""Families of functional posts by name; ``function`` only if not the unit's."""

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

KIND_OF_RUNG = {rung: PositionKind.STRUCTURAL for rung in STRUCTURAL} | {
    rung: PositionKind.FUNCTIONAL for rung in (*SKILLED, *EXPERT)
}
"""Legal kind of a post by its rung; posts without one are general."""
