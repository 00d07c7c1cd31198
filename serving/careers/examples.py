"""Examples for the description of the interface; the people in them are invented."""

from datetime import date

from mutasi.rules import Severity
from serving.careers.schemas import (
    Competence,
    Education,
    Gap,
    Grade,
    Post,
    Rating,
    Step,
    Steps,
    Target,
    Timeline,
    Training,
)
from serving.nouns import Finding, Person, Position

DAY = date(2026, 3, 30)
PERSON = Person("199003032015032003", "Pegawai Contoh")
POSITION = Position("PKM-1.PRWT-MU", "Perawat Ahli Muda", "Puskesmas Satu", "health", "kesehatan")

TIMELINE = Timeline(
    as_of=DAY,
    employee=PERSON,
    posts=[
        Post("PKM-2.PRWT-PT", "Perawat Ahli Pertama", "Puskesmas Dua", date(2019, 7, 1), False),
        Post(
            "PKM-1.PRWT-PT",
            "Perawat Ahli Pertama",
            "Puskesmas Satu",
            date(2015, 3, 1),
            False,
            date(2019, 6, 30),
        ),
    ],
    grades=[Grade("III/c", date(2023, 4, 1)), Grade("III/b", date(2019, 4, 1))],
    ratings=[
        Rating(2021, "skp_2011", 88.4, 2, "baik"),
    ],
    educations=[
        Education(40, "sarjana (S-1)", date(2013, 8, 1), "health", "kesehatan", "S-1 Keperawatan")
    ],
    trainings=[
        Training(
            "Pelatihan Gawat Darurat", "technical", date(2024, 5, 17), "health", "kesehatan", 40.0
        )
    ],
)

COMPETENCE = Competence(
    position=POSITION,
    is_eligible=False,
    findings=[
        Finding(
            rule="minimum_tenure",
            label="Terlalu singkat di jabatan sekarang",
            severity=Severity.BLOCKS,
            basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019",
            sentence="Di jabatan sekarang sejak 3 Maret 2025; mutasi baru boleh setelah 2 tahun",
            clears_on=date(2027, 3, 3),
            is_unknown=False,
        )
    ],
    gaps=[
        Gap("communication", "komunikasi", 3.0, 2.0, -1.0),
        Gap("integrity", "integritas", 3.0, 3.0, 0.0),
    ],
    eligible_on=date(2027, 3, 3),
    job_person_match=83.3,
    assessed_on=date(2024, 10, 2),
)

TARGET = Target(as_of=DAY, employee=PERSON, competence=COMPETENCE)

STEPS = Steps(
    as_of=DAY,
    employee=PERSON,
    present_title="Perawat Ahli Pertama",
    moves=86,
    steps=[Step(COMPETENCE, open=7, moves=31)],
    note="Jabatan yang dituju orang-orang dari jabatan yang sama menurut catatan daerah ini; "
    "bukan janji dan bukan ramalan.",
)
