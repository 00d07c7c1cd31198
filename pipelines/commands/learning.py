"""Commands that learn and measure: train, evaluate, bench ias."""

import json
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import console, tracked

DAY = typer.Option(metavar="YYYY-MM-DD")


def train(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Learn from the region's past transfers and put the model to service.

    Tracks the run in MLflow and gives the model the alias 'champion'; the one
    before becomes 'previous'. Refuses where there are too few past moves.
    """
    from pipelines.summaries import show_training
    from pipelines.train import train_and_register

    with tracked(options.language_of(language)) as progress:
        trained = train_and_register(options.settings(), progress)
    show_training(trained, options.language_of(language), as_json=as_json)


def evaluate(
    *,
    truth: Annotated[
        Path | None,
        typer.Option(exists=True, file_okay=False, help="Truth about a simulated region."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for the report; default in the home."),
    ] = None,
    years: Annotated[int, typer.Option(min=1, max=20, help="How many past years to test.")] = 5,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Test predictions on past years, each made from what was known before it.

    Writes a page for people and JSON for programs. With the truth about a
    simulated region, also says how far predictions are from it.
    """
    from pipelines.evaluation.job import evaluate_store
    from pipelines.evaluation_summary import show_evaluation

    words = options.language_of(language)
    with tracked(words) as progress:
        evaluated = evaluate_store(
            options.settings(), progress, truth=truth, out=out, years=years, language=words
        )
    show_evaluation(evaluated, words, as_json=as_json)


def ias(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The tables.")],
    *,
    train_until: Annotated[str, DAY] = "2011-01-01",
    test_from: Annotated[str, DAY] = "2012-01-01",
    test_until: Annotated[str, DAY] = "2016-01-01",
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Measure on real careers, the public IAS tables: who got which post, who stayed.

    Learns from reshuffles that were over before --train-until, tests on those
    from --test-from that were over before --test-until.
    """
    from pipelines.ias.display import plain, shown
    from pipelines.ias.measure import Period, bench

    try:
        period = Period(*map(date.fromisoformat, (train_until, test_from, test_until)))
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
    with tracked(options.language_of(language)) as progress:
        figures = bench(folder, period, progress)
    if as_json:
        console.print_json(json.dumps(plain(figures)))
        return
    for part in shown(figures, options.language_of(language)):
        console.print(part)
