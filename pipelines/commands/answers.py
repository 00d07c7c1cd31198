"""Commands that answer: recommend, contrast, examine, serve."""

from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import errors

if TYPE_CHECKING:
    from models.recommender import Recommender
    from pipelines.recommend import Opened

OwnRequestOption = Annotated[
    bool, typer.Option("--own-request", help="The person asks for it; else the service needs it.")
]

TWO = 2
"""People in a contrast."""


def recommend(
    *,
    vacancy: Annotated[str | None, typer.Option(help="Id of a position: who for it?")] = None,
    employee: Annotated[str | None, typer.Option(help="NIP of a person: where to?")] = None,
    limit: Annotated[int, typer.Option(help="How many, 1 to 200.")] = 10,
    own_request: OwnRequestOption = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Rank candidates for a vacancy, or open positions for a person, with reasons.

    Without either, lists the vacancies.
    """
    from models.receipt import WhereTo, WhoFor
    from pipelines.receipts import keep
    from pipelines.recommend import opened
    from pipelines.summaries import person_heading, post_heading, show_ranking, show_vacancies

    if vacancy and employee:
        raise options.unusable("one_question")
    if own_request and not employee:
        raise options.unusable("own_request_of_whom")
    words = options.language_of(language)
    ready = _ready(opened(options.settings()), words)
    question: WhoFor | WhereTo
    if vacancy:
        question = WhoFor(vacancy, limit)
    elif employee:
        question = WhereTo(employee, limit, own_request)
    else:
        show_vacancies(ready.vacancies(limit), words, as_json=as_json)
        return
    ranking = question.ask(ready)
    receipt_id = keep(options.settings(), ready, question, ranking)
    by_post = isinstance(question, WhereTo)
    heading = (
        person_heading(ready, question.employee_id, words)
        if isinstance(question, WhereTo)
        else post_heading(ready.vacancy(question.position_id), words)
    )
    show_ranking(ranking, heading, receipt_id, words, as_json=as_json, by_post=by_post)


def examine(
    *,
    employee: Annotated[str, typer.Option(help="NIP of a person.")],
    position: Annotated[str, typer.Option(help="Id of a position, open or not.")],
    own_request: OwnRequestOption = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell what the law says of a person in a position: rule, fact, article, from when.

    Where a model is at hand, also what would help: training, incentives, a nearer
    unit, each scored again.
    """
    from models.advice import advice_on
    from models.receipt import Whether
    from mutasi.errors import ModelNeeded
    from pipelines.examination_summary import show_examination
    from pipelines.receipts import keep
    from pipelines.recommend import opened

    words = options.language_of(language)
    ready = _ready(opened(options.settings()), words)
    question = Whether(employee, position, own_request)
    examined = question.ask(ready)
    receipt_id = keep(options.settings(), ready, question, examined)
    try:
        advice = advice_on(ready, employee, position, own_request)
    except ModelNeeded:
        advice = None
    show_examination(examined, advice, receipt_id, ready.vacancy, words, as_json=as_json)


def contrast(
    *,
    position: Annotated[str, typer.Option(help="Id of a position, open or not.")],
    employee: Annotated[list[str], typer.Option(help="NIP of a person; twice, in any order.")],
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell why one person comes before another for a position, and how sure that is."""
    from models.contrast import contrast_of
    from pipelines.contrast_summary import show_contrast
    from pipelines.receipts import tell_read
    from pipelines.recommend import opened

    if len(employee) != TWO:
        raise options.unusable("contrast.two_people")
    words = options.language_of(language)
    ready = _ready(opened(options.settings()), words)
    found = contrast_of(ready, position, *employee)
    tell_read(options.settings(), employee)
    show_contrast(found, words, as_json=as_json)


def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(help="What callers must show; default MUTASI_API_TOKEN, else one is made."),
    ] = None,
    workers: Annotated[
        int, typer.Option(min=1, max=64, help="Processes that answer; SIGHUP renews them in turn.")
    ] = 1,
    worker: Annotated[
        bool, typer.Option(help="Do long work (plans) beside; else 'mutasi work' does.")
    ] = True,
    sandbox: Annotated[
        bool, typer.Option("--sandbox", help="Serve an invented region, apart from the store.")
    ] = False,
    language: LanguageOption = None,
) -> None:
    """Answer over HTTP: vacancies, candidates for them, positions for a person, plans."""
    from pipelines.serve import serve as serve_until_stopped
    from pipelines.service_summary import show_listening
    from pipelines.working.worker import working_beside

    words = options.language_of(language)
    settings = options.settings().model_copy(update={"language": words})
    if sandbox:
        from pipelines.sandbox import sandbox as tried_in

        settings = tried_in(settings)
    with working_beside(settings) if worker else nullcontext():
        serve_until_stopped(
            settings, host, port, token, lambda listening: show_listening(listening, words), workers
        )


def _ready(found: "Opened", language: str) -> "Recommender":
    """Return what answers; why it does without its model is told beside the answer."""
    if found.problem is not None:
        problem = found.problem
        told = render(f"error.{problem.code}", language, **problem.params)
        errors.print(told, style="yellow", markup=False)
    return found.recommender
