"""Examples for the description of the interface; the people in them are invented."""

from dataclasses import replace
from datetime import UTC, date, datetime

from models.aftermath import Verdict
from mutasi.workflow.proposals import Act, State
from mutasi.workflow.reasons import Purpose
from serving.proposals.outcomes import Estimate, Outcome, Outcomes
from serving.proposals.schemas import (
    Event,
    Open,
    Person,
    Post,
    Proposal,
    Proposals,
    Standing,
)

PROPOSAL_ID = "5b0c1f6e9a3d4c7f8e21d0aa"
ACTOR = "account:5f1d0c9b7a3e2d4c"

PROPOSED = Proposal(
    proposal_id=PROPOSAL_ID,
    version=1,
    state=State.PROPOSED,
    state_name="diusulkan",
    employee=Person(nip="198505172010012001", name="Pegawai Contoh"),
    position=Post(
        position_id="PKM-1.PRWT-MU",
        title="Perawat Ahli Muda",
        unit_id="PKM-1",
        unit_name="Puskesmas Satu",
    ),
    origin=Post(
        position_id="PKM-2.PRWT-PT",
        title="Perawat Ahli Pertama",
        unit_id="PKM-2",
        unit_name="Puskesmas Dua",
    ),
    purpose=Purpose.WORKLOAD,
    purpose_name="pemerataan beban kerja",
    until=None,
    is_own_request=False,
    application_id=None,
    plan_id=None,
    authorities=[],
    standing=Standing(
        as_of=date(2026, 3, 30),
        basis="model",
        model_version="2026-03-30-353c08fd",
        rank=1,
        band=1,
        eligible=320,
    ),
    answer_by=None,
    object_by=None,
    allowed=[
        Open(act=Act.APPROVE_GIVING, name="unit asal menyetujui"),
        Open(act=Act.APPROVE_RECEIVING, name="unit penerima menyetujui"),
    ],
    events=[
        Event(
            version=1,
            act=Act.PROPOSE,
            name="mengusulkan",
            state=State.PROPOSED,
            dated_on=date(2026, 4, 1),
            at=datetime(2026, 4, 1, 2, 15, tzinfo=UTC),
            actor=ACTOR,
            facts={},
        )
    ],
)
OFFERED = replace(
    PROPOSED,
    version=5,
    state=State.OFFERED,
    state_name="ditawarkan",
    answer_by=date(2026, 4, 20),
    object_by=date(2026, 4, 24),
    allowed=[Open(act=Act.ACCEPT, name="menerima"), Open(act=Act.REFUSE, name="menolak")],
    events=[
        *PROPOSED.events,
        Event(
            version=5,
            act=Act.OFFER,
            name="menawarkan",
            state=State.OFFERED,
            dated_on=date(2026, 4, 6),
            at=datetime(2026, 4, 6, 3, 0, tzinfo=UTC),
            actor=ACTOR,
            facts={"answer_by": "2026-04-20"},
        ),
    ],
)
PROPOSALS = Proposals(proposals=[PROPOSED], next_cursor=None)
OUTCOMES = Outcomes(
    proposal_id=PROPOSAL_ID,
    predicted=Estimate(value=54.2, low=40.1, high=68.3),
    outcomes=[
        Outcome(
            months=12,
            due_on=date(2027, 5, 1),
            state="told",
            dated_on=date(2028, 1, 15),
            results=1,
            behaviour=2,
            year=2027,
            rating=58.0,
            gap=3.8,
            effect=Estimate(value=4.1, low=-12.0, high=20.2),
            verdict=Verdict.UNSURE,
            sentences=["Setelah 12 bulan: penilaian 58,0 poin T menurut skala tahun 2027."],
        )
    ],
    note="Satu perpindahan jarang cukup untuk memastikan.",
)
