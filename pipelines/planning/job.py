"""The job: a request and the region as it stands, a plan with its proof, written and checked."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Self

from models import examples
from models.recommender import Recommender
from mutasi.certificate import Verdict
from mutasi.planning.optimizer import optimize
from mutasi.planning.plan import Plan, written
from mutasi.planning.progress import Progress, Stage, Told, unheard
from mutasi.planning.request import PlanRequest
from mutasi.private import make_folder
from mutasi.results import (
    LETTERS_FILE,
    PLAN_FILE,
    PLAN_FILES,
    PROPOSAL_FILE,
    REPORT_FILE,
    plan_file_by,
    plan_in_words,
)
from pipelines.pages.workbook import write
from pipelines.planning.checking import checked_text
from pipelines.planning.export import plan_sheets, proposal
from pipelines.planning.letters import letters
from pipelines.planning.outcomes import View, outcomes, views
from pipelines.planning.page import plan_page
from pipelines.planning.question import question
from pipelines.planning.report import report
from pipelines.planning.schema import PlanReport
from pipelines.planning.schema_worth import Withheld, Worth
from pipelines.planning.valuing import valued


@dataclass(frozen=True)
class Proven:
    """The own file of a plan, passed by the checker.

    Attributes:
        text: What the file holds.
        verdict: What the checker said of it.
        digest: Fingerprint in the file.
    """

    text: str
    verdict: Verdict
    digest: str

    @classmethod
    def of(cls, plan: Plan, name: str) -> Self:
        """Have a plan's own file checked.

        Raises:
            PlanBroken: If the checker refuses it.
        """
        text = plan.text()
        return cls(text, checked_text(text, Path(name)), json.loads(text)["digest"])


@dataclass(frozen=True)
class Answer:
    """A plan that the checker has passed.

    Attributes:
        report: The plan in the words of people.
        plans: The plan's own file, then those of plans by other definitions of a good
            outcome, by what the file is called.
    """

    report: PlanReport
    plans: Mapping[str, Proven]

    def files(self, languages: Iterable[str]) -> dict[str, bytes]:
        """Return the files of the plan by name, the page and the workbook in each language.

        All but the plans' own files hold names; all are confidential.
        """
        found = {name: plan.text.encode() for name, plan in self.plans.items()}
        found[REPORT_FILE] = f"{self.report.model_dump_json(indent=2)}\n".encode()
        rows = json.dumps(proposal(self.report), ensure_ascii=False, indent=2)
        found[PROPOSAL_FILE] = f"{rows}\n".encode()
        found[LETTERS_FILE] = f"{letters(self.report).model_dump_json(indent=2)}\n".encode()
        for language in languages:
            write(book := BytesIO(), plan_sheets(self.report, language))
            found[plan_in_words(language, "xlsx")] = book.getvalue()
            found[plan_in_words(language, "html")] = plan_page(self.report, language).encode()
        return found


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


def answer(
    recommender: Recommender,
    request: PlanRequest,
    told: Told = unheard,
    worth: examples.Progress | None = None,
) -> Answer:
    """Plan, have the plan's own file checked, and say what it is worth.

    Args:
        recommender: The region, with the model that serves or without any.
        request: What is asked.
        told: Is told how far the plan is, and ends it by raising.
        worth: Is told of what takes longest: asking models that did not choose the plan what
            it is worth.  Without, nobody asks them.

    Raises:
        MutasiError: If the request cannot be met, see :func:`mutasi.planning.optimizer.optimize`
            and :func:`pipelines.planning.question.question`.
        PlanBroken: If the checker refuses the plan: nothing that may be used was made.
    """
    began = perf_counter()
    told(Progress(Stage.OFFERS))
    asked = question(recommender, request)
    found = views(recommender, asked, request, worth or silent)
    first = found[0].asked if found else asked
    plan = optimize(first.problem, request.seconds, told)
    proven = Proven.of(plan, PLAN_FILE)
    took = perf_counter() - began
    value: Worth | Withheld = "not_asked"
    if found and found[0].outcome.measure != "performance":
        value = "other_outcome"
    elif worth is not None:
        told(Progress(Stage.WORTH, plan.value, plan.most))
        value = valued(recommender, first, plan, request, worth)
    told(Progress(Stage.REPORT, plan.value, plan.most))
    said = report(recommender, first, plan, proven.verdict, value, took, request.seconds)
    proofs = {PLAN_FILE: proven}
    if not found:
        return Answer(said, proofs)
    plans, reports = [plan], [said]
    for view in found[1:]:
        told(Progress(Stage.OUTCOMES, plan.value, plan.most))
        other, name = optimize(view.asked.problem, request.seconds), plan_file_by(view.outcome.name)
        proofs[name] = Proven.of(other, name)
        plans.append(other)
        reports.append(beside(recommender, view, other, proofs[name].verdict))
    together = outcomes(found, plans, reports)
    return Answer(said.model_copy(update={"outcomes": together}), proofs)


def beside(recommender: Recommender, view: View, plan: Plan, verdict: Verdict) -> PlanReport:
    """Return what is told of a plan by another definition: no price of pins, no worth."""
    return report(recommender, view.asked, plan, verdict, "not_asked", took=0.0, seconds=0.0)


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


def unheeded(_: str) -> None:
    """Take no notice of what is about to be told."""


def plan_region(
    recommender: Recommender,
    request: PlanRequest,
    out: Path,
    language: str = "id",
    worth: examples.Progress | None = None,
    *,
    before: Callable[[str], None] = unheeded,
) -> Planned:
    """Plan, and write the files of the plan once the checker has passed it.

    Those of an earlier plan in the folder are removed first, and the report is written last:
    whoever is interrupted leaves a folder that says of itself that it holds no plan.

    Args:
        recommender: The region, with the model that serves or without any.
        request: What is asked.
        out: Folder to write to.
        language: Of the page and the workbook.
        worth: As of :func:`answer`.
        before: Is given the fingerprint of the plan before anything is told of it.

    Raises:
        MutasiError: As :func:`answer` does.
    """
    found = answer(recommender, request, worth=worth)
    before(found.plans[PLAN_FILE].digest)
    make_folder(out)
    files = found.files((language,))
    report_file = files.pop(REPORT_FILE)
    for earlier in [out / REPORT_FILE, *(each for kind in PLAN_FILES for each in out.glob(kind))]:
        earlier.unlink(missing_ok=True)
    for name, content in files.items():
        written(out / name, content)
    written(out / REPORT_FILE, report_file)  # the last: where it is, all are, of one plan
    book, page = (out / plan_in_words(language, kind) for kind in ("xlsx", "html"))
    return Planned(found.report, out / PLAN_FILE, out / REPORT_FILE, book, page)
