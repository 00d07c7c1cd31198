"""Examples for the description of the interface; the people in them are invented."""

from datetime import date

from models.contrast import Ground
from models.differences import Sureness
from models.explanation import Aspect
from mutasi.rules import Severity
from serving.errors import Problem
from serving.nouns import Finding, Person, Position, Reason, RuleKept
from serving.recommendations.advice_schemas import (
    Candidate,
    Contrast,
    Difference,
    Effect,
    Lever,
    Levers,
    Side,
)
from serving.recommendations.schemas import (
    Answered,
    Batch,
    Employee,
    Examination,
    Exclusion,
    Gain,
    Performance,
    Ranking,
    Recommendation,
    RuleCount,
    Vacancies,
    Vacancy,
    Wish,
)

DAY = date(2026, 3, 30)
RECEIPT = "5f2c1d0e9ab84c7d6e3f0a12"

VACANCY = Vacancy(
    position_id="PKM-1.PRWT-MU",
    title="Perawat Ahli Muda",
    unit_id="PKM-1",
    unit_name="Puskesmas Satu",
    function="health",
    function_name="kesehatan",
    rung="MU",
    rung_name="Ahli Muda",
    level=3.0,
    needed=5,
    filled=3,
    open=2,
)

VACANCIES = Vacancies(as_of=DAY, total=461, vacancies=[VACANCY], next_cursor="Wy0yLCAiUEtNLTEiXQ")

EMPLOYEE = Employee(
    nip="198505172010012001",
    name="Pegawai Contoh",
    present_title="Perawat Ahli Pertama",
    present_unit="Puskesmas Dua",
)

OTHER = Person("199003032015032003", "Pegawai Lain")

POSITION = Position(
    position_id=VACANCY.position_id,
    title=VACANCY.title,
    unit_name=VACANCY.unit_name,
    function=VACANCY.function,
    function_name=VACANCY.function_name,
)

BLOCKING = Finding(
    rule="minimum_tenure",
    label="Terlalu singkat di jabatan sekarang",
    severity=Severity.BLOCKS,
    basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019",
    sentence="Di jabatan sekarang sejak 3 Maret 2025; mutasi baru boleh setelah 2 tahun",
    clears_on=date(2027, 3, 3),
    is_unknown=False,
)

RANKING = Ranking(
    receipt_id=RECEIPT,
    as_of=DAY,
    basis="model",
    basis_sentence="Diurutkan oleh model 2026-03-30-353c08fd: kinerja dan peluang diterima.",
    model_version="2026-03-30-353c08fd",
    considered=6000,
    eligible=397,
    recommended=[
        Recommendation(
            rank=1,
            band=1,
            employee=EMPLOYEE,
            position=POSITION,
            has_evidence=True,
            performance=Performance(expected=57.4, low=46.0, high=68.8),
            gain=Gain(expected=1.8, low=-2.1, high=5.7),
            acceptance=0.82,
            utility=52.5,
            score=78.5,
            reasons=[
                Reason(
                    aspect=Aspect.PERFORMANCE,
                    concept="function_experience",
                    label="pengalaman di urusan ini",
                    effect=2.1,
                    sentence="Pernah 6,2 tahun bertugas di urusan kesehatan",
                ),
                Reason(
                    aspect=Aspect.ACCEPTANCE,
                    concept="distance",
                    label="jarak dari rumah",
                    effect=-6.4,
                    sentence="Jarak rumah ke unit baru 41 km, 35 km lebih jauh dari sekarang",
                ),
            ],
            findings=[],
            wish=Wish(
                has_applied=True,
                preferred=["places"],
                sentence="Mengajukan permohonan untuk jabatan ini. Menginginkan tempat ini",
            ),
        )
    ],
    excluded=[
        Exclusion(
            employee=OTHER,
            position=POSITION,
            findings=[BLOCKING],
            eligible_on=BLOCKING.clears_on,
        )
    ],
    excluded_by_rule=[RuleCount(BLOCKING.rule, BLOCKING.label, 118)],
)

EXAMINATION = Examination(
    receipt_id=RECEIPT,
    as_of=DAY,
    employee=OTHER,
    position=POSITION,
    is_eligible=False,
    findings=[BLOCKING],
    kept=[
        RuleKept(
            rule="no_running_sanction",
            label="Sedang menjalani hukuman disiplin",
            basis="Peraturan BKN 5/2019 Ps 3; PP 94/2021",
        )
    ],
    eligible_on=BLOCKING.clears_on,
)

CONTRAST = Contrast(
    as_of=DAY,
    model_version="2026-03-30-353c08fd",
    position=POSITION,
    heading="Pegawai Contoh di depan Pegawai Lain: Perawat Ahli Muda, Puskesmas Satu",
    is_told_apart=True,
    ground=Ground.PREDICTION,
    certainty=0.87,
    sureness=Sureness.LEANING,
    certainty_sentence="Dalam 87% dari cara membaca masa lalu, Pegawai Contoh lebih baik "
    "daripada Pegawai Lain: cenderung, tetapi belum meyakinkan.",
    first=Candidate(
        employee=Person(EMPLOYEE.nip, EMPLOYEE.name),
        is_eligible=True,
        findings=[],
        has_evidence=True,
        performance=Performance(expected=57.4, low=46.0, high=68.8),
        acceptance=0.82,
        utility=52.468,
    ),
    second=Candidate(
        employee=OTHER,
        is_eligible=True,
        findings=[],
        has_evidence=True,
        performance=Performance(expected=54.9, low=43.5, high=66.3),
        acceptance=0.82,
        utility=50.418,
    ),
    differences=[
        Difference(
            aspect=Aspect.PERFORMANCE,
            concept="function_experience",
            label="pengalaman di urusan ini",
            effect=2.5,
            worth=2.05,
            first=Side(2.1, "Pernah 6,2 tahun bertugas di urusan kesehatan"),
            second=Side(-0.4, "Baru 5 bulan bertugas di urusan kesehatan"),
        )
    ],
    note="Angka ini menunjukkan cara model membaca masa lalu; bukan penilaian atas seseorang, "
    "dan yang memutuskan tetap manusia.",
)

LEVERS = Levers(
    as_of=DAY,
    model_version="2026-03-30-353c08fd",
    employee=Person(EMPLOYEE.nip, EMPLOYEE.name),
    position=POSITION,
    is_eligible=True,
    has_evidence=True,
    levers=[
        Lever(
            name="competency",
            subject="decisions",
            amount=1.0,
            effect=Effect(
                aspect=Aspect.PERFORMANCE,
                before=57.4,
                after=58.1,
                size=0.7,
                low=-0.2,
                high=1.6,
                is_told_from_nothing=False,
            ),
            beside=Effect(
                aspect=Aspect.ACCEPTANCE,
                before=0.82,
                after=0.82,
                size=0.0,
                low=0.0,
                high=0.0,
                is_told_from_nothing=False,
            ),
            is_familiar=True,
            sentence="Pengambilan keputusan, naik satu tingkat lewat pelatihan: "
            "perkiraan kinerja +0,7 poin (90%: -0,2 sampai +1,6)",
            caveats=["Data belum dapat membedakannya dari tanpa pengaruh."],
        )
    ],
    note="Ini pola masa lalu menurut bacaan model: bukan janji bahwa perubahan itu sendiri "
    "yang menyebabkannya.",
)

BATCH = Batch(
    answers=[
        Answered(ranking=RANKING),
        Answered(
            problem=Problem(
                type="/errors/employee_not_found",
                title="Tidak ditemukan",
                status=404,
                detail=f"Tidak ada pegawai dengan NIP {EMPLOYEE.nip}.",
                params={"employee_id": EMPLOYEE.nip},
            )
        ),
    ]
)
