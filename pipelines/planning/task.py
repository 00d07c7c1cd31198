"""The plan that a job asks for."""

import json
from collections.abc import Callable
from dataclasses import asdict

from mutasi.i18n import LANGUAGES
from mutasi.planning.progress import Progress
from mutasi.planning.request import PlanRequest
from mutasi.results import VERDICTS_FILE
from mutasi.settings import Settings
from mutasi.store.jobs import Claim, Values
from pipelines.planning.job import answer, silent
from pipelines.planning.wishes import with_wishes
from pipelines.recommend import opened

QUIET_SECONDS = 900.0
"""How long may pass between two signs of progress, beside the search: columns of a large region
and judges of what a plan is worth take minutes each."""


def quiet_seconds(request: Values) -> float:
    """Return how long a plan may go without telling of progress; a search tells none."""
    return QUIET_SECONDS + PlanRequest.model_validate(request["plan"]).seconds


def plan_asked(settings: Settings, held: Claim, told: Callable[[Values], None]) -> dict[str, bytes]:
    """Return the files of a plan and the verdicts on it, from what is known and serves now.

    Args:
        settings: Of this installation.
        held: The job; its request has the plan request as ``plan``, and as ``worth`` whether
            models that did not choose the plan are asked what it is worth.
        told: Is told how far the plan is.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        MutasiError: If the request cannot be met.
    """
    asked = PlanRequest.model_validate(held.request["plan"])

    def heard(progress: Progress) -> None:
        told({**asdict(progress), "gap": progress.gap})

    recommender = opened(settings, asked.as_of).recommender
    asked = with_wishes(settings, recommender.snapshot, asked)
    found = answer(recommender, asked, heard, silent if held.request["worth"] else None)
    verdicts = {
        name: {**asdict(plan.verdict), "digest": plan.digest} for name, plan in found.plans.items()
    }
    return found.files(LANGUAGES) | {VERDICTS_FILE: json.dumps(verdicts).encode()}
