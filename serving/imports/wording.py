"""What has become of an import, in words."""

import json
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, Final

from mutasi.bundle.rejected import Rejected
from mutasi.i18n import render, render_first, word
from mutasi.sentences import rejection_sentence
from mutasi.store.jobs import GOING_ON, Job, State, Values
from serving.imports.schemas import (
    Fault,
    HandedFile,
    ImportJob,
    Progress,
    ReasonCount,
    RemarkGroup,
    Report,
    TableCounts,
)
from serving.jobs import problem_of

ADDRESS: Final = "/v1/imports"
SHOWN_OF_A_KIND: Final = 5


def job_in_words(job: Job, language: str, report: bytes | None = None) -> ImportJob:
    """Return what has become of an import, in words.

    Args:
        job: It.
        language: Of the words.
        report: What the worker wrote of it, if that is to be told.
    """
    asked = job.request
    return ImportJob(
        import_id=job.job_id,
        state=job.state,
        state_name=word("job_state", job.state, language),
        attempts=job.attempts,
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        format=asked["format"],
        strict=asked["strict"],
        since=_day(asked["since"]),
        as_of=_day(asked["as_of"]),
        files=[HandedFile(**file) for file in asked["files"]],
        progress=_progress(job.progress, language),
        problem=problem_of(job, language),
        report=None if report is None else _report(json.loads(report), language),
        quarantine_url=None
        if job.state in GOING_ON or job.state is State.CANCELLED
        else f"{ADDRESS}/{job.job_id}/quarantine",
    )


def fault_in_words(rejected: Rejected, language: str) -> Fault:
    """Return what is wrong with a row, in words."""
    return Fault(
        file=rejected.file,
        row=rejected.row,
        field=rejected.field,
        value=rejected.value,
        reason=rejected.reason,
        expected=rejected.expected,
        sentence=rejection_sentence(rejected, language),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _progress(told: Values | None, language: str) -> Progress | None:
    if told is None or "total" not in told:  # workers of earlier versions told less
        return None
    return Progress(sentence=render(f"import.stage_{told['stage']}", language, **told), **told)


def _report(said: dict[str, Any], language: str) -> Report:
    return Report(
        tables={name: TableCounts(**counts) for name, counts in said["tables"].items()},
        reasons=[
            ReasonCount(sentence=render_first(f"quarantine.{each['reason']}", language, {}), **each)
            for each in said["reasons"]
        ],
        remarks=list(_remarks(said["remarks"], language)),
        ignored=said["ignored"],
    )


def _remarks(said: list[dict[str, Any]], language: str) -> Iterator[RemarkGroup]:
    """Yield remarks by kind: the first ones in words, and how many there are."""
    for code, group in groupby(sorted(said, key=_code), key=_code):
        alike = list(group)
        sentences = [
            render(f"remark.{code}", language, **{k: v for k, v in each.items() if k != "code"})
            for each in alike[:SHOWN_OF_A_KIND]
        ]
        yield RemarkGroup(code, len(alike), sentences)


def _code(remark: dict[str, Any]) -> str:
    return str(remark["code"])
