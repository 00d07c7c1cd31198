"""Commands that bring records in and out: simulate, import, export, template."""

from datetime import datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import tracked

if TYPE_CHECKING:
    from pipelines.ingest import Reader


class Written(StrEnum):
    """Kinds of files that a region is written as."""

    CSV = "csv"
    PARQUET = "parquet"
    SIASN = "siasn"


class World(StrEnum):
    """How the world of an invented region is made."""

    USUAL = "usual"
    THRESHOLDS = "thresholds"
    PATRONAGE = "patronage"
    GAPS = "gaps"


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


WORLDS = (
    "How the world is made. usual: small effects that add up; thresholds: effects in steps; "
    "patronage: choices that no record explains; gaps: few records, fewest of what went badly."
)


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
    world: Annotated[World, typer.Option(help=WORLDS)] = World.USUAL,
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
        raise options.unusable("truth_apart")
    config = SimulationConfig(
        employees=employees,
        years=years,
        seed=seed,
        last_year=last_year,
        world=world.value,
        fit_strength=fit,
        confounding=confounding,
        missingness=missingness,
    )
    with tracked(options.language_of(language)) as progress:
        invented = invent(config, out, apart, kind.value, progress)
    show_region(invented, options.language_of(language))


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
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Of siasn and bundle: the day of the files; nothing in them is known later. "
            "Default: when siasn's were written; today.",
        ),
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

    read, words = _reader(kind, since, as_of), options.language_of(language)
    with tracked(words) as progress:
        imported = ingest(
            options.settings(),
            folder,
            read,
            progress,
            language=words,
            strict=strict,
            listed=quarantine,
        )
    show_import(imported, words, as_json=as_json)
    if imported.listed is not None:
        raise typer.Exit(options.QUARANTINED)


def _reader(kind: Source, since: datetime | None, as_of: datetime | None) -> "Reader":
    """Return what reads records of a kind, as on the latest day that it is in the country.

    So nobody's records of today are refused, wherever the machine stands; and no day is
    believed that has not begun somewhere.

    Raises:
        typer.BadParameter: If an option is missing, or is one of another kind's.
    """
    if since is not None and kind is not Source.PETA:
        raise options.unusable("belongs_to_format", option="--since", format="peta")
    if as_of is not None and kind not in {Source.SIASN, Source.BUNDLE}:
        raise options.unusable("belongs_to_format", option="--as-of", format="siasn|bundle")
    if kind is Source.PETA and since is None:
        raise options.unusable("since_missing")
    from mutasi import clock
    from mutasi.workflow.deadlines import latest_day

    today = latest_day(clock.now())
    if kind is Source.IAS:
        from pipelines.ias.reading import read as ias

        return partial(ias, today=today)
    from pipelines.ingest import reader_of

    return reader_of(kind.value, today, since and since.date(), as_of and as_of.date())


def export(
    folder: Annotated[Path, typer.Argument(file_okay=False, help="Where to write; a new folder.")],
    *,
    kind: Annotated[
        Written,
        typer.Option("--format", help="csv, parquet: docs/bundle.md; siasn: docs/siasn.md."),
    ] = Written.CSV,
    layout: Annotated[
        Layout | None,
        typer.Option(
            help="Of SIASN's files: a file a list, a folder a list, a document an employee,"
            " or the spreadsheet of employees.",
            show_default=Layout.RESOURCES.value,
        ),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Write all that the store holds to files, as they are imported.

    SIASN has no place for offers, needs, homes or coordinates: they go to a bundle
    beside its files, FOLDER.beside.
    """
    from mutasi.store.trail import Kind
    from pipelines.export import export as exported_to
    from pipelines.export_summary import show_export
    from pipelines.receipts import tell_read

    if layout is not None and kind is not Written.SIASN:
        raise options.unusable("belongs_to_format", option="--layout", format="siasn")
    words, laid = options.language_of(language), layout or Layout.RESOURCES
    tell_read(options.settings(), [folder.resolve().name], Kind.RECORDS)
    with tracked(words) as progress:
        written = exported_to(options.settings(), folder, kind.value, progress, layout=laid.value)
    show_export(written, words, as_json=as_json)


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

    words = options.language_of(language)
    if name is None:
        show_lists(words)
        return
    wanted = list_named(name)
    path = out or Path(f"{wanted.title(words)}.xlsx")
    if path.suffix.casefold() not in {".xlsx", ".csv"}:
        raise options.unusable("out_suffix")
    if path.exists():
        raise options.unusable("out_taken", path=path)
    write(wanted, path, words)
    show_written(wanted.title(words), path, words)
