"""Examples for the description of the interface; the people in them are invented."""

from datetime import UTC, date, datetime

from models.explanation import Aspect
from mutasi.rules import Severity
from serving.nouns import Finding, Position, Reason
from serving.receipts.schemas import (
    AllGiven,
    Blocked,
    Concerned,
    Given,
    Grounds,
    Mention,
    Mentions,
    Question,
    Receipt,
    Shown,
    Today,
)
from serving.recommendations.schemas import Gain, Performance

DAY = date(2026, 3, 30)
AT = datetime(2026, 3, 30, 2, 15, tzinfo=UTC)
NIP = "199003032015032003"
POSITION = Position("PKM-1.PRWT-MU", "Perawat Ahli Muda", "Puskesmas Satu", "health", "kesehatan")

TOO_SHORT = Finding(
    rule="minimum_tenure",
    label="Terlalu singkat di jabatan sekarang",
    severity=Severity.BLOCKS,
    basis="PP 11/2017 Ps 190; Peraturan BKN 5/2019",
    sentence="Di jabatan sekarang sejak 3 Maret 2025; mutasi baru boleh setelah 2 tahun",
    clears_on=date(2027, 3, 3),
    is_unknown=False,
)

BLOCKED = Blocked(
    nip=NIP,
    position_id=POSITION.position_id,
    position=POSITION,
    findings=[TOO_SHORT],
    eligible_on=date(2027, 3, 3),
)

RECEIPT = Receipt(
    receipt_id="5f2c1d0e9ab84c7d6e3f0a12",
    at=AT,
    asker="client:simpeg",
    is_as_written=True,
    question=Question("candidates", False, True, position_id=POSITION.position_id, limit=10),
    grounds=Grounds(
        as_of=DAY,
        model_version="2026-03-30-353c08fd",
        model_digest="2a477ab803ba65ff27feaee8191073ead3111b48fe79a553ed605e451f5a5215",
        model_alias="champion",
        rules_version="40d155cd18b5c4d3",
        records={"employees": "308edf36eefdd0da", "postings": "e0487a6f5da725f7"},
    ),
    considered=6000,
    eligible=397,
    recommended=[
        Shown(
            nip="198505172010012001",
            position_id=POSITION.position_id,
            position=POSITION,
            rank=1,
            band=1,
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
                )
            ],
            findings=[],
        )
    ],
    excluded=[BLOCKED],
)

CONCERNED = Concerned(
    receipt_id=RECEIPT.receipt_id,
    at=AT,
    as_of=DAY,
    kind="candidates",
    standing="blocked",
    standing_sentence="Belum memenuhi syarat menurut aturan per 30 Maret 2026, dan termasuk yang "
    "paling dekat memenuhinya.",
    recommended=[],
    excluded=[BLOCKED],
    today=Today(
        as_of=DAY,
        position=POSITION,
        is_eligible=False,
        findings=[TOO_SHORT],
        kept=[],
        eligible_on=date(2027, 3, 3),
        levers=[],
        note="Angka-angka ini pola dari masa lalu, bukan janji.",
    ),
)

MENTIONS = Mentions(
    receipts=[Mention(RECEIPT.receipt_id, AT, "candidates", POSITION.position_id)],
)

ALL_GIVEN = AllGiven(
    receipts=[
        Given(
            receipt_id=RECEIPT.receipt_id,
            at=AT,
            asker="client:simpeg",
            kind="candidates",
            position_id=POSITION.position_id,
            as_of=DAY,
            model_version="2026-03-30-353c08fd",
        )
    ],
)
