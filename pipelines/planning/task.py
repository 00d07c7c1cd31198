"""The plan that a job asks for."""

import json
from collections.abc import Callable
from dataclasses import asdict

from mutasi.i18n import LANGUAGES
from mutasi.planning.progress import Progress
from mutasi.planning.request import PlanRequest
from mutasi.settings import Settings
from mutasi.store.jobs import Values
from pipelines.planning.job import answer
from pipelines.recommend import opened

VERDICT_FILE = "verdict.json"
"""What the checker said of the plan's own file."""


def plan_asked(
    settings: Settings, request: Values, told: Callable[[Values], None]
) -> dict[str, bytes]:
    """Return the files of a plan and the verdict on it, from what is known and serves now.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        MutasiError: If the request cannot be met.
    """
    asked = PlanRequest.model_validate(request)

    def heard(progress: Progress) -> None:
        told({**asdict(progress), "gap": progress.gap})

    found = answer(opened(settings, asked.as_of).recommender, asked, heard)
    verdict = {**asdict(found.verdict), "digest": json.loads(found.plan)["digest"]}
    return found.files(LANGUAGES) | {VERDICT_FILE: json.dumps(verdict).encode()}
