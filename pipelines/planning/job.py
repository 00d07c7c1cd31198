"""The job: a request and the region as it stands, a plan with its proof, written and checked."""

from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from models.recommender import Recommender
from mutasi.planning import optimize
from mutasi.planning.plan import written
from mutasi.planning.request import PlanRequest
from pipelines.pages.workbook import write
from pipelines.planning.checking import checked
from pipelines.planning.export import plan_sheets
from pipelines.planning.page import plan_page
from pipelines.planning.question import question
from pipelines.planning.report import report
from pipelines.planning.schema import REPORT_FILE, PlanReport

PLAN_FILE = "plan.json"


@dataclass(frozen=True)
class Planned:
    """What was written.

    Attributes:
        report: The plan in the words of people.
        plan: The plan's own file, which the checker reads.
        data: The file of the report; it holds names.
        workbook: The moves in the columns of a proposal, units and prices; names too.
        page: What the plan does, as a page for people; names too.
    """

    report: PlanReport
    plan: Path
    data: Path
    workbook: Path
    page: Path


def plan_region(
    recommender: Recommender, request: PlanRequest, out: Path, language: str = "id"
) -> Planned:
    """Plan, write the plan's own file, have it checked, and say what it is worth.

    Args:
        recommender: The region, with the model that serves or without any.
        request: What is asked.
        out: Folder to write to.
        language: Of the page and the workbook.

    Raises:
        MutasiError: If the request cannot be met, see :func:`mutasi.planning.optimize` and
            :func:`pipelines.planning.question.question`.
        PlanBroken: If the checker refuses the plan: nothing that may be used was made.
    """
    began = perf_counter()
    asked = question(recommender, request)
    plan = optimize(asked.problem, request.seconds)
    out.mkdir(parents=True, exist_ok=True)
    plan.write(out / PLAN_FILE)
    verdict = checked(out / PLAN_FILE)
    took = perf_counter() - began
    told = report(recommender, asked, plan, verdict, took, request.seconds)
    written(out / REPORT_FILE, told.model_dump_json(indent=2) + "\n")
    book = out / f"plan.{language}.xlsx"
    write(draft := out / f".{book.name}.draft", plan_sheets(told, language))
    draft.replace(book)
    shown = out / f"plan.{language}.html"
    written(shown, plan_page(told, language))
    return Planned(told, out / PLAN_FILE, out / REPORT_FILE, book, shown)
