"""The command line: ``mutasi simulate | import | train | evaluate | recommend | serve | demo``.

Commands translate: words in, one call of a job, words out.  A command imports
only what it needs, because MLflow alone takes seconds.

Exit codes: 0 done, 1 an unforeseen error, 2 wrong usage or input that cannot be
used, 3 done but some rows were put into quarantine.
"""

import json
import sys
from contextvars import ContextVar
from datetime import date, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import ValidationError

from mutasi.errors import MutasiError
from mutasi.i18n import render
from mutasi.settings import Settings
from pipelines.console import console, errors, tracked

if TYPE_CHECKING:
    from pipelines.ingest import Reader

app = typer.Typer(
    name="mutasi",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode="rich",
)

measures = typer.Typer(no_args_is_help=True, help="Measure on real records.")
app.add_typer(measures, name="bench")

SETTINGS: ContextVar[Settings] = ContextVar("settings")
"""Settings of this call of the command line."""

UNUSABLE = 2
QUARANTINED = 3

MOST_MONTHS = 120
"""How far staffing is forecast."""

FIRST_DAY, LAST_DAY = date(1980, 1, 1), date(2100, 12, 31)
"""Days that staffing may be asked about."""


class Language(StrEnum):
    """Languages of what people read."""

    INDONESIAN = "id"
    ENGLISH = "en"


def _heard(chosen: Language | None) -> Language | None:
    """Keep the language, so that an error is told in it too."""
    if chosen is not None:
        SETTINGS.set(SETTINGS.get().model_copy(update={"language": chosen.value}))
    return chosen


LanguageOption = Annotated[
    Language | None,
    typer.Option("--lang", help="Language of the words; default MUTASI_LANGUAGE.", callback=_heard),
]


class Written(StrEnum):
    """Kinds of files that a region is written as."""

    CSV = "csv"
    PARQUET = "parquet"
    SIASN = "siasn"


class Layout(StrEnum):
    """How the files of an export to SIASN lie."""

    RESOURCES = "resources"
    FOLDERS = "folders"
    DOCUMENTS = "documents"
    PEGAWAI = "pegawai"


class Source(StrEnum):
    """What the files of an import are."""

    BUNDLE = "bundle"
    SIASN = "siasn"
    IAS = "ias"
    LISTS = "lists"
    PETA = "peta"


SOURCES = (
    "bundle: docs/bundle.md; siasn: docs/siasn.md; lists: local lists (mutasi template); "
    "peta: peta jabatan and ABK; ias: the public IAS tables."
)


class Grouping(StrEnum):
    """What staffing is listed by."""

    POSITION = "position"
    UNIT = "unit"
    SECTOR = "sector"


DAY = typer.Option(metavar="YYYY-MM-DD")
AsOfOption = Annotated[
    datetime | None,
    typer.Option(formats=["%Y-%m-%d"], help="The day; default the last on which staffing changed."),
]
ByOption = Annotated[Grouping, typer.Option(help="What to list.")]
LimitOption = Annotated[int, typer.Option(min=1, help="How many to print.")]
OutOption = Annotated[
    Path | None, typer.Option(file_okay=False, help="Folder to write to; default in the home.")
]
OwnRequestOption = Annotated[
    bool, typer.Option("--own-request", help="The person asks for it; else the service needs it.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def main() -> None:
    """Run the command line; an expected error is a sentence, not a traceback."""
    try:
        app()
    except MutasiError as error:
        words = render(f"error.{error.code}", _settings().language, **error.params)
        errors.print(words, markup=False)
        sys.exit(UNUSABLE)


@app.callback()
def opened(
    *,
    home: Annotated[
        Path | None, typer.Option(help="Folder of the store, models and runs; default MUTASI_HOME.")
    ] = None,
) -> None:
    """Recommends placements of civil servants: who for a vacancy, where for a person, why."""
    try:
        SETTINGS.set(Settings() if home is None else Settings(home=home))
    except ValidationError as error:
        wrong = (
            f"MUTASI_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()
        )
        raise typer.BadParameter("; ".join(wrong)) from None


@app.command()
def simulate(
    *,
    out: Annotated[Path, typer.Option(file_okay=False, help="Folder to write the records to.")],
    truth: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Folder for the truth; default beside OUT."),
    ] = None,
    employees: Annotated[int, typer.Option(min=200, max=50_000, help="People in service.")] = 6000,
    years: Annotated[int, typer.Option(min=1, max=20, help="Years to live through.")] = 10,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same region.")] = 7,
    last_year: Annotated[int, typer.Option(min=2016, max=2040, help="The last year.")] = 2025,
    fit: Annotated[float, typer.Option(min=0, max=5, help="Strength of the match.")] = 1.0,
    confounding: Annotated[
        float, typer.Option(min=0, max=5, help="How biased past choices were.")
    ] = 1.0,
    missingness: Annotated[float, typer.Option(min=0, max=3, help="Gaps in the records.")] = 1.0,
    kind: Annotated[
        Written,
        typer.Option("--format", help="Kind of files; siasn: as SIASN exports it (docs/siasn.md)."),
    ] = Written.CSV,
    language: LanguageOption = None,
) -> None:
    """Invent a region with a known truth: records to a folder, the truth apart from them."""
    from mutasi.simulation import SimulationConfig
    from pipelines.region_summary import show_region
    from pipelines.simulate import invent, truth_folder

    apart = truth or truth_folder(out)
    if apart.resolve().is_relative_to(out.resolve()):
        raise typer.BadParameter("--truth must not lie in --out")
    config = SimulationConfig(
        employees=employees,
        years=years,
        seed=seed,
        last_year=last_year,
        fit_strength=fit,
        confounding=confounding,
        missingness=missingness,
    )
    with tracked(_language(language)) as progress:
        invented = invent(config, out, apart, kind.value, progress)
    show_region(invented, _language(language))


@app.command(name="import")
def take_in(
    folder: Annotated[
        Path, typer.Argument(exists=True, help="A folder of records, or one spreadsheet.")
    ],
    *,
    kind: Annotated[Source, typer.Option("--format", help=SOURCES)] = Source.BUNDLE,
    since: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Of peta: the first day on which the needs hold."),
    ] = None,
    strict: Annotated[
        bool, typer.Option("--strict", help="Refuse a file of which a row is bad.")
    ] = False,
    quarantine: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Where to list bad rows; default in the home."),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Take a region's records in: all good rows, or nothing where a file is bad.

    Bad rows are listed with their reasons; importing again changes nothing that
    is the same. Ends with code 3 if rows were put into quarantine.
    """
    from pipelines.import_summary import show_import
    from pipelines.ingest import ingest

    read, words = _reader(kind, since), _language(language)
    with tracked(words) as progress:
        imported = ingest(
            _settings(), folder, read, progress, language=words, strict=strict, listed=quarantine
        )
    show_import(imported, words, as_json=as_json)
    if imported.listed is not None:
        raise typer.Exit(QUARANTINED)


@app.command()
def export(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where to write; a new folder.")],
    *,
    kind: Annotated[
        Written,
        typer.Option("--format", help="csv, parquet: docs/bundle.md; siasn: docs/siasn.md."),
    ] = Written.CSV,
    layout: Annotated[
        Layout,
        typer.Option(
            help="Of SIASN's files: a file a list, a folder a list, a document an employee,"
            " or the spreadsheet of employees."
        ),
    ] = Layout.RESOURCES,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Write all that the store holds to files, as they are imported.

    SIASN has no place for offers, needs, homes or coordinates: they go to a bundle
    beside its files, FOLDER.beside.
    """
    from pipelines.export import export as exported_to
    from pipelines.export_summary import show_export

    words = _language(language)
    with tracked(words) as progress:
        written = exported_to(_settings(), folder, kind.value, progress, layout=layout.value)
    show_export(written, words, as_json=as_json)


def _reader(kind: Source, since: datetime | None) -> "Reader":
    """Return what reads records of a kind."""
    if kind is Source.PETA:
        from mutasi.peta.reading import read as peta

        if since is None:
            raise typer.BadParameter("--format peta needs --since: the day the needs hold from")
        return partial(peta, since=since.date())
    if kind is Source.IAS:
        from pipelines.ias.reading import read as ias

        return ias
    if kind is Source.SIASN:
        from mutasi.siasn.reading import read as siasn

        return siasn
    if kind is Source.LISTS:
        from mutasi.lists.reading import read as lists

        return lists
    from mutasi.bundle.reading import read

    return read


@app.command()
def template(
    name: Annotated[
        str | None, typer.Argument(help="The list, in any language; none lists them.")
    ] = None,
    *,
    out: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="The file, .xlsx or .csv; default NAME.xlsx here."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Write the template of a local list: its columns, what they mean, an example.

    Fill it in, then: mutasi import FILE --format lists.
    """
    from pipelines.template import list_named, write
    from pipelines.template_summary import show_lists, show_written

    words = _language(language)
    if name is None:
        show_lists(words)
        return
    wanted = list_named(name)
    path = out or Path(f"{wanted.title(words)}.xlsx")
    if path.suffix.casefold() not in {".xlsx", ".csv"}:
        raise typer.BadParameter("--out ends in .xlsx or .csv")
    if path.exists():
        raise typer.BadParameter(f"{path} is there already, perhaps filled in")
    write(wanted, path, words)
    show_written(wanted.title(words), path, words)


@app.command()
def train(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Learn from the region's past transfers and put the model to service.

    Tracks the run in MLflow and gives the model the alias 'champion'; the one
    before becomes 'previous'. Refuses where there are too few past moves.
    """
    from pipelines.summaries import show_training
    from pipelines.train import train_and_register

    with tracked(_language(language)) as progress:
        trained = train_and_register(_settings(), progress)
    show_training(trained, _language(language), as_json=as_json)


@app.command()
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

    words = _language(language)
    with tracked(words) as progress:
        evaluated = evaluate_store(
            _settings(), progress, truth=truth, out=out, years=years, language=words
        )
    show_evaluation(evaluated, words, as_json=as_json)


@app.command()
def quality(
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            file_okay=False, help="Folder for page, list and figures; default in the home."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Judge what was known on this day; default the last."
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Say how good the records are, what to mend, and what gaps cost the predictions.

    Writes a page for people, an Excel list of the rows to mend (it holds NIPs:
    confidential) and JSON for programs. With a trained model, also measures how
    predictions change when a kind of record is missing.
    """
    from pipelines.quality.job import judge_store
    from pipelines.quality_summary import show_quality

    words = _language(language)
    day = None if as_of is None else as_of.date()
    with tracked(words) as progress:
        judged = judge_store(_settings(), progress, out=out, as_of=day, language=words)
    show_quality(judged, words, as_json=as_json)


@app.command()
def staffing(
    *,
    as_of: AsOfOption = None,
    by: ByOption = Grouping.UNIT,
    limit: LimitOption = 20,
    out: OutOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Compare need with who is there, by position, unit or sector of government.

    Prints the worst shortages first; writes a page for people, JSON for programs and
    a workbook with every position. Units hold the figures of all units below them.
    """
    from mutasi.staffing import By
    from pipelines.staffing.job import write_staffing
    from pipelines.staffing_summary import show_staffing

    words = _language(language)
    written = write_staffing(_settings(), as_of=_day_of(as_of), out=out, language=words)
    show_staffing(written, By(by), limit, words, as_json=as_json)


@app.command()
def forecast(
    *,
    months: Annotated[
        str, typer.Option(metavar="12,24", help="How far to look ahead, in months.")
    ] = "12,24",
    as_of: AsOfOption = None,
    by: ByOption = Grouping.UNIT,
    limit: LimitOption = 20,
    out: OutOption = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Foresee which places fall vacant: by retirement, and by what the past teaches.

    Retirements follow from the law; other leavings come with an interval, and the
    forecast is tested on years that have passed. Writes page, JSON and workbook.
    """
    from mutasi.staffing import By
    from pipelines.staffing.job import write_forecast
    from pipelines.staffing_summary import show_forecast

    words = _language(language)
    written = write_forecast(
        _settings(), _months(months), as_of=_day_of(as_of), out=out, language=words
    )
    show_forecast(written, By(by), limit, words, as_json=as_json)


@app.command()
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
    from pipelines.recommend import recommender
    from pipelines.summaries import person_heading, post_heading, show_ranking, show_vacancies

    if vacancy and employee:
        raise typer.BadParameter("either --vacancy or --employee, not both")
    if own_request and not employee:
        raise typer.BadParameter("--own-request is about a person: add --employee")
    ready = recommender(_settings())
    words = _language(language)
    if vacancy:
        ranking = ready.candidates(vacancy, limit)
        show_ranking(
            ranking,
            post_heading(ready.vacancy(vacancy), words),
            words,
            as_json=as_json,
            by_post=False,
        )
    elif employee:
        ranking = ready.positions(employee, limit, is_own_request=own_request)
        show_ranking(
            ranking, person_heading(ready, employee, words), words, as_json=as_json, by_post=True
        )
    else:
        show_vacancies(ready.vacancies()[:limit], words, as_json=as_json)


@app.command()
def examine(
    *,
    employee: Annotated[str, typer.Option(help="NIP of a person.")],
    position: Annotated[str, typer.Option(help="Id of a position, open or not.")],
    own_request: OwnRequestOption = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell what the law says of a person in a position: rule, fact, article, from when."""
    from pipelines.examination_summary import show_examination
    from pipelines.recommend import recommender

    examined = recommender(_settings()).examine(employee, position, own_request)
    show_examination(examined, _language(language), as_json=as_json)


@app.command()
def serve(
    *,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8000,
    token: Annotated[
        str | None,
        typer.Option(help="What callers must show; default MUTASI_API_TOKEN, else one is made."),
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Answer over HTTP: vacancies, candidates for them, positions for a person."""
    from pipelines.serve import serve as serve_until_stopped
    from pipelines.service_summary import show_listening

    words = _language(language)
    settings = _settings().model_copy(update={"language": words})
    serve_until_stopped(
        settings, host, port, token, lambda listening: show_listening(listening, words)
    )


@app.command()
def demo(
    *,
    serve: Annotated[
        bool, typer.Option(help="Serve at the end; --no-serve ends by itself.")
    ] = True,
    port: Annotated[int, typer.Option(help="Port to serve on.")] = 8000,
    language: LanguageOption = None,
) -> None:
    """Show the main job on a simulated region, then serve it.

    Runs the commands that it prints, in a home of its own (artifacts/demo) that
    it empties first.
    """
    from pipelines.demo import commands, emptied

    home = emptied(_settings().home)
    for command in commands(home, _language(language), port, serve=serve):
        console.print(f"\n[bold]$ mutasi {' '.join(command)}[/]", soft_wrap=True)
        app(list(command), standalone_mode=False)


@measures.command()
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
    with tracked(_language(language)) as progress:
        figures = bench(folder, period, progress)
    if as_json:
        console.print_json(json.dumps(plain(figures)))
        return
    for part in shown(figures, _language(language)):
        console.print(part)


def _day_of(moment: datetime | None) -> date | None:
    """Return the day that was asked about; far off ones are slips of the keyboard."""
    if moment is None:
        return None
    if not FIRST_DAY <= moment.date() <= LAST_DAY:
        raise typer.BadParameter(f"--as-of: a day from {FIRST_DAY} to {LAST_DAY}")
    return moment.date()


def _months(said: str) -> tuple[int, ...]:
    """Return numbers of months, each once, the nearest first."""
    try:
        months = sorted({int(part) for part in said.split(",")})
    except ValueError:
        months = [0]
    if not 1 <= months[0] <= months[-1] <= MOST_MONTHS:
        raise typer.BadParameter(f"--months: numbers from 1 to {MOST_MONTHS}, ',' between")
    return tuple(months)


def _settings() -> Settings:
    return SETTINGS.get()


def _language(chosen: Language | None) -> str:
    return chosen.value if chosen else _settings().language
