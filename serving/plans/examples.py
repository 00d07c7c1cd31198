"""Examples for the description of the interface; the people in them are invented."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mutasi.store.jobs import State
from serving.errors import Problem
from serving.plans.schemas import (
    Certificate,
    Certified,
    Load,
    Move,
    Next,
    Plan,
    PlanJob,
    PlanJobs,
    Post,
    Price,
    Progress,
    Reason,
)

REQUESTS: dict[str, Any] = {
    "everything": {"summary": "The best moves for all open posts", "value": {}},
    "limits": {
        "summary": "At most 50 moves, a floor, a pin and a wish",
        "value": {
            "seconds": 60,
            "limits": {"moves": 50, "kilometres": 60, "staff_share": 0.9},
            "floor": [{"least": 12, "unit": "PKM-1", "family": "perawat"}],
            "must": [{"person": "197901022005011002", "post": "DINKES.KASI"}],
            "preference": [{"person": "199003032015032003", "unit": "PKM-2", "worth": 2.0}],
        },
    },
}

ASKED = datetime(2026, 3, 30, 2, 15, tzinfo=UTC)
STARTED = datetime(2026, 3, 30, 2, 15, 1, tzinfo=UTC)
ENDED = datetime(2026, 3, 30, 2, 15, 9, tzinfo=UTC)
PLAN_ID = "5b0c1f6e9a3d4c7f8e21d0aa"
CERTIFICATE_URL = f"/v1/plans/{PLAN_ID}/certificate"


PLAN = Plan(
    as_of="2026-03-30",
    model="2026-03-30-353c08fd",
    people=6000,
    pairs=11840,
    vacancies=461,
    value=31.3,
    bound=31.3,
    gap=0.0,
    is_best=True,
    is_proven=True,
    short_before=612.5,
    short_after=611.5,
    moves=[
        Move(
            person="198505172010012001",
            name="Pegawai Contoh",
            origin=Post("PKM-2.PRWT-PT", "Perawat Ahli Pertama", "Puskesmas Dua"),
            to=Post("PKM-1.PRWT-MU", "Perawat Ahli Muda", "Puskesmas Satu"),
            chain=1,
            after=None,
            backfill=None,
            worth=31.3,
            gain=1.8,
            chance=0.82,
            price=4.1,
            person_next=Next("Perawat Ahli Muda · Puskesmas Tiga", 27.2, is_taken=False),
            post_next=Next("Pegawai Lain", 27.2, is_taken=False),
            reasons=[
                Reason(
                    aspect="acceptance",
                    concept="distance",
                    effect=4.0,
                    facts={"distance_now_km": 24.0, "distance_then_km": 6.0, "function": "health"},
                )
            ],
        )
    ],
    loads=[Load("PKM-1", "Puskesmas Satu", 40, 31, 32, 9.0, 8.0)],
    prices=[Price({"kind": "most_moves", "most": 1}, 29.4, "again")],
    untold=0,
    nowhere=[],
    worth="few_moves",
    seconds=7.4,
)

WAITING = PlanJob(
    plan_id=PLAN_ID,
    state=State.QUEUED,
    state_name="menunggu",
    attempts=0,
    asked_at=ASKED,
    started_at=None,
    ended_at=None,
    progress=None,
    problem=None,
    plan=None,
    certificate_url=None,
)
RUNNING = replace(
    WAITING,
    state=State.RUNNING,
    state_name="sedang dikerjakan",
    attempts=1,
    started_at=STARTED,
    progress=Progress(
        stage="search",
        sentence="Mencari rencana yang lebih baik: sejauh ini 30,9 poin T, paling tinggi 31,3 "
        "(selisih 1,28%).",
        value=30.9,
        bound=31.3,
        gap=0.0128,
    ),
)
OVER = replace(RUNNING, progress=None, ended_at=ENDED)
DONE = replace(
    OVER, state=State.DONE, state_name="selesai", plan=PLAN, certificate_url=CERTIFICATE_URL
)
CANCELLED = replace(OVER, state=State.CANCELLED, state_name="dibatalkan")
FAILED = replace(
    OVER,
    plan_id="0d7a11c25e6b48f3a9c4e210",
    state=State.FAILED,
    state_name="gagal",
    problem=Problem(
        type="/errors/plan_impossible",
        title="Keadaan tidak memungkinkan",
        status=409,
        detail="Tidak ada rencana yang memenuhi semuanya. Permintaan berikut tidak dapat berlaku "
        "bersama; tanpa salah satunya, sisanya dapat: most_moves(most=0), "
        "place(person=198505172010012001)",
        params={"demands": "most_moves(most=0), place(person=198505172010012001)"},
    ),
)
PLAN_JOBS = PlanJobs(plans=[RUNNING, FAILED], next_cursor=FAILED.plan_id)

CERTIFICATE = Certificate(
    plans=[
        Certified(
            file_name="plan.json",
            file_url=f"{CERTIFICATE_URL}/plan.json",
            value=31.3,
            bound=31.3,
            is_proven=True,
            breaches=[],
            digest="9f2c0b7de1a84f6c35d2e87a40b91c6ff0d3a7528e4b16c9d05f7a3b8c2e6d14",
        )
    ]
)
