"""What has become of a plan, in words."""

from mutasi.i18n import render, render_first, word
from mutasi.store.jobs import Job, State, Values
from serving.jobs import problem_of
from serving.plans.schemas import Plan, PlanJob, Progress

ADDRESS = "/v1/plans"


def job_in_words(job: Job, language: str, plan: Plan | None = None) -> PlanJob:
    """Return what has become of a plan, in words."""
    is_done = job.state == State.DONE
    return PlanJob(
        plan_id=job.job_id,
        state=job.state,
        state_name=word("job_state", job.state, language),
        attempts=job.attempts,
        asked_at=job.asked_at,
        started_at=job.started_at,
        ended_at=job.ended_at,
        progress=None if job.progress is None else _progress(job.progress, language),
        problem=problem_of(job, language),
        plan=plan,
        certificate_url=certificate_address(job.job_id) if is_done else None,
    )


def certificate_address(plan_id: str) -> str:
    """Return where the proof of a plan is."""
    return f"{ADDRESS}/{plan_id}/certificate"


def _progress(told: Values, language: str) -> Progress:
    doing = render(f"plan.stage.{told['stage']}", language)
    return Progress(
        sentence=render_first("plan.progress", language, told | {"doing": doing}), **told
    )
