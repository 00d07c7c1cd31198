"""Examples for the description of the interface."""

from dataclasses import replace
from datetime import UTC, datetime

from mutasi.store.jobs import State
from serving.imports.schemas import (
    Fault,
    HandedFile,
    ImportJob,
    ImportJobs,
    Progress,
    Quarantine,
    ReasonCount,
    Report,
    TableCounts,
)

IMPORT_ID = "7d1c4b0e2f5a48b6931c20ab"
EARLIER_ID = "1e60b7a94c2d4f3f8a5507cd"
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"

WAITING = ImportJob(
    import_id=IMPORT_ID,
    state=State.QUEUED,
    state_name="menunggu",
    attempts=0,
    asked_at=datetime(2026, 3, 30, 2, 15, tzinfo=UTC),
    format="bundle",
    strict=False,
    files=[HandedFile("postings.csv", 184320, DIGEST)],
)
RUNNING = replace(
    WAITING,
    state=State.RUNNING,
    state_name="sedang dikerjakan",
    attempts=1,
    started_at=datetime(2026, 3, 30, 2, 15, 1, tzinfo=UTC),
    progress=Progress("read", "Membaca: 9 dari 26 selesai.", 9, 26),
)
CANCELLED = replace(
    WAITING,
    state=State.CANCELLED,
    state_name="dibatalkan",
    ended_at=datetime(2026, 3, 30, 2, 15, 4, tzinfo=UTC),
)
DONE = replace(
    WAITING,
    state=State.DONE,
    state_name="selesai",
    attempts=1,
    started_at=datetime(2026, 3, 30, 2, 15, 1, tzinfo=UTC),
    ended_at=datetime(2026, 3, 30, 2, 15, 9, tzinfo=UTC),
    report=Report(
        tables={"postings": TableCounts(1200, 40, 3, 1156, 1)},
        reasons=[ReasonCount("postings.csv", "not_a_date", "bukan tanggal", 1)],
        remarks=[],
        ignored=["postings.csv: catatan"],
    ),
    quarantine_url=f"/v1/imports/{IMPORT_ID}/quarantine",
)
EARLIER = replace(
    DONE,
    import_id=EARLIER_ID,
    report=None,
    quarantine_url=f"/v1/imports/{EARLIER_ID}/quarantine",
)
IMPORT_JOBS = ImportJobs(imports=[RUNNING, EARLIER])
QUARANTINE = Quarantine(
    total=1,
    faults=[
        Fault(
            file="postings.csv",
            row=17,
            field="started_on",
            value="31-02-2024",
            reason="not_a_date",
            expected="",
            sentence="bukan tanggal; tulis seperti 2024-03-31 atau 31-03-2024",
        )
    ],
)
