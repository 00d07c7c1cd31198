"""Commands that learn and measure: train, evaluate, monitor, bench."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import RenderableType

from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import console, tracked

if TYPE_CHECKING:
    from pydantic import BaseModel

DAY = typer.Option(metavar="YYYY-MM-DD")


def train(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Learn from the region's past transfers; the model becomes the challenger.

    It does not serve before 'mutasi promote'. Signs it and tracks the run in MLflow.
    Refuses where there are too few past moves.
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
    since: Annotated[
        Path | None,
        typer.Option(
            exists=True,
            dir_okay=False,
            help="An earlier report.json to compare with; default the latest in the folder.",
        ),
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

    Writes a page for people, JSON for programs and a model card: how far predictions
    can be trusted, whether groups of people are treated alike, and what changed since
    the last report. With the truth about a simulated region, also says how far
    predictions are from it.
    """
    from pipelines.evaluation.job import evaluate_store
    from pipelines.evaluation_summary import show_evaluation

    words = options.language_of(language)
    with tracked(words) as progress:
        evaluated = evaluate_store(
            options.settings(),
            progress,
            truth=truth,
            since=since,
            out=out,
            years=years,
            language=words,
        )
    show_evaluation(evaluated, words, as_json=as_json)


def monitor(
    *,
    since: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="First day; default the day after training, twelve months at least.",
        ),
    ] = None,
    until: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Last day; default that of the records."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for the report; default in the home."),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Compare a period with what the model learned from, and say whether to train anew.

    Features, base rates, calibration and intervals, and what became of moves beside
    similar people who stayed. Writes a page for people and JSON for programs; ends
    with code 0 whatever the verdict.
    """
    from pipelines.monitoring.job import monitor_store
    from pipelines.monitoring_summary import show_monitoring

    words = options.language_of(language)
    first, last = (None if day is None else day.date() for day in (since, until))
    with tracked(words) as progress:
        monitored = monitor_store(
            options.settings(), progress, since=first, until=last, out=out, language=words
        )
    show_monitoring(monitored, words, as_json=as_json)


def regions(
    *,
    moves: Annotated[
        list[int] | None,
        typer.Option(help="About how many past moves: 300, 1000, 3000, 20000; all by default."),
    ] = None,
    world: Annotated[
        list[str] | None,
        typer.Option(help="usual, no_match, thresholds, patronage, gaps; all by default."),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=20, help="Regions of each kind.")] = 3,
    jobs: Annotated[int, typer.Option(min=1, help="How many at once.")] = 2,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Measure on invented regions with a known truth: nearness, sureness, honesty.

    Each region is lived through, learned from and asked about its open positions;
    the product stands beside the last rating, profile matching, ridge and LightGBM.
    """
    from pipelines.regions.design import SIZES, WORLDS, trials
    from pipelines.regions.display import shown
    from pipelines.regions.measure import measured

    wanted = trials(
        options.among("moves", moves, SIZES),
        options.among("world", world, WORLDS),
        tuple(range(1, seeds + 1)),
    )
    words = options.language_of(language)
    with tracked(words) as progress:
        found = measured(wanted, progress, jobs)
    if as_json:
        console.print_json(found.model_dump_json())
        return
    for part in shown(found, words):
        console.print(part)


def choices(
    *,
    moves: Annotated[
        list[int] | None,
        typer.Option(help="About how many past moves: 300, 1000, 3000 (all by default), 20000."),
    ] = None,
    world: Annotated[
        list[str] | None,
        typer.Option(
            help="usual, no_match, patronage, gaps (all by default), thresholds; "
            "the last three at one size."
        ),
    ] = None,
    seeds: Annotated[int, typer.Option(min=1, max=20, help="Regions of each kind.")] = 3,
    jobs: Annotated[int, typer.Option(min=1, help="How many at once.")] = 2,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Measure each choice of the design with and without it, on invented regions.

    The product stands beside itself with one thing changed, on the same regions and the
    same draws: ratings of those who stayed, hidden quality, effects that go one way,
    weights, trees, a doubly robust learner, ranking by the lower end; intervals and
    chances on the back-test. Without options some ten CPU minutes.

    For a first look: mutasi bench choices --moves 300 --world usual --seeds 1
    """
    from pipelines.regions.choices.display import shown
    from pipelines.regions.choices.measure import MOVES, TRIED, measured
    from pipelines.regions.design import SIZES, WORLDS, trials

    wanted = trials(
        options.among("moves", moves, SIZES) if moves else MOVES,
        options.among("world", world, WORLDS) if world else TRIED,
        tuple(range(1, seeds + 1)),
    )
    words = options.language_of(language)
    with tracked(words) as progress:
        found = measured(wanted, progress, jobs)
    _told(found, shown(found, words), as_json=as_json)


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


def hias(
    folder: Annotated[Path, typer.Argument(exists=True, file_okay=False, help="The four files.")],
    *,
    year: Annotated[
        str | None, typer.Option(help="Fiscal year, as FY16, where files of several are there.")
    ] = None,
    seconds: Annotated[
        float, typer.Option(min=1.0, help="How long the search for the best may take.")
    ] = 300.0,
    online: Annotated[
        bool,
        typer.Option("--online", help="Let the later half come one at a time instead; minutes."),
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Measure on a real assignment, families to places: the best placement there is.

    Capacities are the people actually resettled, and families go whole. The best is
    proven by search, and stands beside one at a time and at random.
    """
    from pipelines.hias.display import shown, shown_online
    from pipelines.hias.measure import bench
    from pipelines.hias.online import online as one_at_a_time

    words = options.language_of(language)
    if online:
        with tracked(words) as progress:
            coming = one_at_a_time(folder, year, progress)
        _told(coming, shown_online(coming, words), as_json=as_json)
    else:
        found = bench(folder, year, seconds)
        _told(found, shown(found, words), as_json=as_json)


def _told(found: "BaseModel", parts: Iterable[RenderableType], *, as_json: bool) -> None:
    """Print figures as JSON for a program, or in parts for people."""
    if as_json:
        console.print_json(found.model_dump_json())
        return
    for part in parts:
        console.print(part)
