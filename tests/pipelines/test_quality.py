"""M24: `mutasi quality`: page, figures and list of the rows to mend, and what gaps cost."""

import json
import re
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, ClassVar, Literal
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import numpy as np
import pytest

from features import prepare
from models.artifact import Artifact, Head, HeadFacts, Manifest
from models.learner import Floats
from mutasi.errors import RegionEmpty
from mutasi.i18n import LANGUAGES, has_words, render
from mutasi.quality import CHECKS, Answer, Dimension, Records, Severity
from mutasi.quality._check import check
from mutasi.settings import Settings
from mutasi.simulation import Region
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import Government
from pipelines import cli
from pipelines.quality.cost import KINDS, Kind, cost
from pipelines.quality.job import Judged, examined, judge_store, judged
from pipelines.quality.mending import faults, inert, save
from pipelines.quality.page import page
from pipelines.quality.schema import SCHEMA, KindCost, Report
from pipelines.quality.tally import Examination
from pipelines.train import Trained
from tests.mutasi.quality.cases import AS_OF, SITI, changed, region_of, removed, spoilt
from tests.records import snapshot

Run = Callable[..., tuple[int, str, str]]
NIP = re.compile(r"\b(?:19|20)\d{16}\b")
SPREADSHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"

LAYOUT = {
    "CheckFigures": "asked dimension faulty field name of people severity table",
    "Cost": "candidates drawn draws kinds model vacancies",
    "DimensionFigures": "asked checks dimension faulty people score",
    "FieldFigures": "faulty field share table",
    "Figure": "high low value",
    "Filled": "field filled rows table",
    "KindCost": "acceptance acceptance_today kind missing of offices pairs performance "
    "performance_today replaced without",
    "Note": "code facts",
    "Place": "name share",
    "Report": "as_of checks cost dimensions employees faulty fields filled format notes offices "
    "people_at_risk people_with_gap positions region serving unit_figures units",
    "UnitFigures": "faulty name office_id people people_with_gap scores unit_id",
}
"""What readers of ``quality.json`` rely on; a change raises ``SCHEMA``."""


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


def sheets(workbook: Path) -> dict[str, list[list[str]]]:
    """Return the rows of a workbook's sheets, by name."""
    with ZipFile(workbook) as file:
        book = ET.fromstring(file.read("xl/workbook.xml"))  # noqa: S314 # written here
        names = [sheet.attrib["name"] for sheet in book.iter(f"{SPREADSHEET}sheet")]
        return {
            name: [*_rows(file.read(f"xl/worksheets/sheet{number}.xml"))]
            for number, name in enumerate(names, 1)
        }


def _rows(sheet: bytes) -> Iterator[list[str]]:
    root = ET.fromstring(sheet)  # noqa: S314 # written here
    assert not [*root.iter(f"{SPREADSHEET}f")], "no cell is a formula"
    for row in root.iter(f"{SPREADSHEET}row"):
        yield ["".join(cell.itertext()) for cell in row]


@pytest.fixture(scope="module")
def written(trained: tuple[Settings, Trained], tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The report on a simulated region with a model, in Indonesian."""
    return judge_store(trained[0], silent, out=tmp_path_factory.mktemp("quality"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command; returns the exit code and what was printed, also as an error."""

    def typed(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["mutasi", *words])
        monkeypatch.setenv("COLUMNS", "200")
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return typed


def test_the_layout_of_the_figures_is_what_readers_rely_on() -> None:
    schema = Report.model_json_schema()
    parts = {**schema["$defs"], "Report": schema}
    found = {name: " ".join(sorted(part.get("properties", ()))) for name, part in parts.items()}

    assert {name: text for name, text in found.items() if text} == LAYOUT
    assert SCHEMA == 1


def test_figures_page_and_list_say_the_same(written: Judged) -> None:
    report = Report.model_validate_json(written.json.read_text(encoding="utf-8"))
    overview, *dimensions = sheets(written.workbook).values()

    assert report == written.report
    assert sum(len(rows) - 1 for rows in dimensions) == sum(report.faulty.values())
    assert len(overview) - 1 == len(report.checks) == len(CHECKS)
    for rows, figures in zip(dimensions, report.dimensions, strict=True):
        assert len(rows) - 1 == figures.faulty
    assert sum(unit.people for unit in report.unit_figures) == report.serving
    assert sum(office.people for office in report.offices) == report.serving
    for of_units in (report.unit_figures, report.offices):
        for dimension in report.dimensions:
            assert sum(each.faulty[dimension.dimension] for each in of_units) == dimension.faulty


def test_only_the_list_names_people(written: Judged) -> None:
    rows = [row for sheet in sheets(written.workbook).values() for row in sheet]

    assert any(NIP.search(cell) for row in rows for cell in row)
    assert not NIP.search(written.json.read_text(encoding="utf-8"))
    assert not NIP.search(written.page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_needs_nothing_else(written: Judged, language: str) -> None:
    html = page(written.report, language)

    assert f'<html lang="{language}">' in html
    assert not re.search(r"https?:|//\w|<script|<link|<iframe|@import|url\((?!#)|src=", html)
    assert 'name="viewport"' in html
    for dimension in Dimension:
        assert render(f"quality.dimension.{dimension}", language) in html
    assert html == page(written.report, language)


def test_offices_stand_worst_first(written: Judged) -> None:
    means = [
        np.mean([score for score in office.scores.values() if score is not None])
        for office in written.report.offices
    ]

    assert means == sorted(means)


def test_gaps_are_measured_on_vacancies_with_intervals(written: Judged) -> None:
    found = written.report.cost

    assert found is not None
    assert {each.kind for each in found.kinds} == set(KINDS)
    for each in found.kinds:
        for figure in (each.performance, each.acceptance, each.replaced):
            if figure is not None and figure.low is not None and figure.high is not None:
                assert figure.value is not None
                assert 0 <= figure.low <= figure.value <= figure.high
    ratings = next(each for each in found.kinds if each.kind == "appraisals")
    assert ratings.performance is not None
    assert ratings.performance.low is not None
    assert ratings.performance.low > 0


class ByRating:
    """A learner that repeats one column; 50 where it is unknown."""

    kind: ClassVar[Literal["boosted", "linear"]] = "linear"

    def raw(self, matrix: Floats) -> Floats:
        return np.asarray(np.where(np.isnan(matrix[:, 0]), 50.0, matrix[:, 0]))

    def contributions(self, matrix: Floats) -> Floats:
        raise NotImplementedError

    def save(self, file: Path) -> None:
        raise NotImplementedError


def reading(column: str, region: str = "R") -> Artifact:
    """Return a model whose only head reads one column."""
    facts = HeadFacts(kind="linear", columns=(column,), config={}, losses={"": 0.0}, examples=1)
    manifest = Manifest(
        format=1, version="v", as_of="2025-01-01", region=region, data_hash="", heads={}, files={}
    )
    return Artifact(manifest, {"performance": Head(ByRating(), facts)})


@pytest.fixture(scope="module")
def region(invented: Region) -> Records:
    """The simulated region's records."""
    return Records(Snapshot.of(AS_OF.replace(year=2026), invented.frames))


def test_what_a_model_does_not_read_costs_nothing(region: Records) -> None:
    found = cost(region, reading("last_rating"), silent, draws=20)

    assert found is not None
    by_kind = {each.kind: each for each in found.kinds}
    changes = {
        kind for kind, each in by_kind.items() if each.performance and each.performance.value
    }
    assert changes == {"appraisals"}
    assert found.kinds[0].kind == "appraisals"
    assert all(each.acceptance is None for each in found.kinds)


def test_a_gap_shifts_a_prediction_by_what_the_record_said(region: Records) -> None:
    """The head repeats the last rating, so without it everyone is predicted 50."""
    found = cost(region, reading("last_rating"), silent, draws=20)
    rating = prepare(region.snapshot).pairs(("last_rating",), np.arange(len(region.serves)), 0)
    known = region.serves & ~np.isnan(rating[:, 0])
    away = np.abs(rating[known, 0] - 50)

    assert found is not None
    shift = _kind(found.kinds, "appraisals").performance
    assert shift is not None
    assert shift.value is not None
    assert away.min() < shift.value < away.max()


def test_today_s_cost_is_the_shift_times_the_share_that_lacks_it(written: Judged) -> None:
    assert written.report.cost is not None
    homes = _kind(written.report.cost.kinds, "homes")

    assert homes.acceptance is not None
    assert homes.acceptance_today is not None
    assert homes.missing is not None
    assert homes.acceptance.value is not None
    assert homes.acceptance_today.value == pytest.approx(homes.acceptance.value * homes.missing)
    assert 0 < homes.missing == homes.without < 1


def test_having_none_is_no_gap_where_one_may_never_have_had_any(written: Judged) -> None:
    assert written.report.cost is not None
    offers = _kind(written.report.cost.kinds, "answers")

    assert offers.without > 0
    assert offers.missing is None
    assert offers.performance_today is None


def _kind(kinds: tuple[KindCost, ...], name: str) -> KindCost:
    return next(each for each in kinds if each.kind == name)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_only_the_people_named_lose_a_record(region: Records, kind: Kind) -> None:
    held = kind.held(region)
    taken = np.arange(len(held)) % 3 == 0
    bare = Records(kind.without(region.snapshot, taken))
    left = kind.held(bare)

    assert not left[taken].any()
    if kind.table != "units":  # posts of one unit lose it together
        assert (left[~taken] == held[~taken]).all()
    assert (kind.held(region) == held).all(), "the records themselves stay as they are"


def test_without_a_model_the_report_says_so(stored: Settings, tmp_path: Path) -> None:
    found = judge_store(stored, silent, out=tmp_path, language="en")

    assert found.report.cost is None
    assert found.report.notes[0].code == "no_model"
    assert "mutasi train" in found.page.read_text(encoding="utf-8")


def test_an_earlier_day_is_judged_as_it_was_known(stored: Settings, tmp_path: Path) -> None:
    early = judge_store(stored, silent, out=tmp_path, as_of=AS_OF.replace(year=2023))

    assert early.report.as_of == "2023-06-01"


def test_without_vacancies_the_posts_filled_last_are_asked(invented: Region) -> None:
    frames = {name: frame for name, frame in invented.frames.items() if name != "needs"}
    records = Records(Snapshot.of(AS_OF.replace(year=2026), frames))

    found = cost(records, reading("last_rating"), silent, draws=20)

    assert found is not None
    assert found.drawn == "recent"


@pytest.mark.parametrize("bare", [True, False], ids=["a list of people only", "hardly a store"])
def test_a_store_of_few_tables_is_judged(bare: bool) -> None:
    people = [{"employee_id": SITI, "kind": "PNS"}]
    posted = {"employee_id": SITI, "position_id": "P1", "started_on": AS_OF.replace(year=2020)}
    records = snapshot(
        AS_OF,
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "P1"}],
        employees=people,
        **({} if bare else {"postings": [posted]}),
    )

    report = judged(examined(records, silent), reading("last_rating"), silent)
    codes = {note.code for note in report.notes}

    assert report.cost is None
    assert {"no_vacancies", "empty_tables"} <= codes
    assert ("nobody_serves" in codes) == bare
    for language in LANGUAGES:
        assert render("quality.cost.unmeasured", language) in page(report, language)


def test_nobody_on_record_is_an_error() -> None:
    with pytest.raises(RegionEmpty):
        examined(snapshot(AS_OF, positions=[{"position_id": "P1"}]), silent)


def test_an_empty_home_is_one_sentence_and_exit_code_2(run: Run, tmp_path: Path) -> None:
    code, _, err = run("--home", str(tmp_path), "quality")

    assert code == 2
    assert "mutasi import" in err


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_command_prints_and_writes(
    run: Run, stored: Settings, tmp_path: Path, language: str
) -> None:
    words = ("quality", "--out", str(tmp_path), "--lang", language)
    code, out, _ = run("--home", str(stored.home), *words)

    assert code == 0
    assert render("quality.dimension.timeliness", language) in out
    assert not NIP.search(out)
    files = {path.name for path in tmp_path.iterdir()}
    assert files == {"quality.json", f"quality.{language}.html", f"quality.{language}.xlsx"}


def test_the_command_speaks_json(run: Run, stored: Settings, tmp_path: Path) -> None:
    words = ("quality", "--out", str(tmp_path), "--json", "--as-of", "2024-01-31")
    code, out, _ = run("--home", str(stored.home), *words)

    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "quality.json").read_text(encoding="utf-8"))
    assert json.loads(out)["as_of"] == "2024-01-31"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_is_told_in_whole_sentences(language: str) -> None:
    for fault in chain.from_iterable(
        faults(Examination.of(region_of(each.name), [each]), language) for each in CHECKS
    ):
        for said in (fault.key, fault.found, fault.expected, fault.why):
            assert said.strip()
            assert not re.search(r"[{}]|\bnan\b|\bNaT\b|\bNone\b", said)
        assert fault.why.endswith(".")
        assert fault.unit or fault.check.name == "post_recorded"  # who has no post has no unit


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_the_report_is_in_the_catalogue(language: str) -> None:
    wanted = [
        *(f"check.{each.name}.{part}" for each in CHECKS for part in ("title", "expected", "why")),
        *(f"kind.{kind}" for kind in KINDS),
        *(f"table.{each.table}" for each in CHECKS),
        *(f"severity.{severity}" for severity in Severity),
    ]

    assert not [key for key in wanted if not has_words(f"quality.{key}", language)]


def test_a_row_is_found_by_its_nip_and_says_what_to_do() -> None:
    region = spoilt(changed("appraisals", 3, predicate=1))
    (fault,) = faults(Examination.of(region), "id")

    assert fault.key == f"{SITI} · 2022"
    assert (fault.office, fault.unit) == ("Dinas Kesehatan", "Dinas Kesehatan")
    assert (fault.check.table, fault.check.field) == ("appraisals", "predicate")
    assert (fault.found, fault.expected) == ("sangat baik", "baik")
    assert "PermenPANRB 6/2022" in fault.why


def test_what_identifies_a_person_is_masked_but_the_nip() -> None:
    @check(Dimension.ACCURACY, Severity.LOW, "appraisals.rater")
    def rater_recorded(records: Records) -> Answer:
        """A check that would show who judged."""
        everything = np.ones(len(records.table("appraisals")), dtype=bool)
        return Answer(everything, everything, {"found": "196001011985011001", "year": 2022})

    assert has_words("quality.check.name_recorded.title", "id")
    renamed = type(rater_recorded)(**{**vars(rater_recorded), "name": "scheme_of_its_year"})
    region = spoilt(changed("appraisals", 0, scheme="skp_2011"))
    told = {fault.found for fault in faults(Examination.of(region, [_expecting(renamed)]), "id")}

    assert told == {"•••001"}


def _expecting(shown: Any) -> Any:
    """Return a check whose words need one more value."""
    ask = shown.ask

    def more(records: Records) -> Answer:
        answer = ask(records)
        return Answer(answer.asked, answer.faulty, {**answer.facts, "expected": "x"})

    return type(shown)(**{**vars(shown), "ask": more})


@pytest.mark.parametrize("mark", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_is_a_formula_even_after_saving_as_csv(mark: str, tmp_path: Path) -> None:
    evil = f'{mark}HYPERLINK("x")'
    region = spoilt(
        changed("units", 0, name=evil),
        changed("units", 1, name=evil),
        changed("units", 2, name=evil),
    )
    examination = Examination.of(region.rewound(AS_OF), CHECKS)
    broken = Examination.of(
        spoilt(changed("units", 1, name=evil), removed("assessments", employee_id=SITI)), CHECKS
    )
    assert not faults(examination, "id")

    save(tmp_path / "list.xlsx", faults(broken, "id"), broken.checked(), "id")
    cells = [
        cell for rows in sheets(tmp_path / "list.xlsx").values() for row in rows for cell in row
    ]

    assert any("HYPERLINK" in cell for cell in cells)
    assert not any(re.match(r"[=+@\t\r]|-(?![\d.,]+$)", cell) for cell in cells)


def test_a_negative_number_stays_a_number() -> None:
    assert inert("-7.35") == "-7.35"
    assert inert("-7,35+1") == "'-7,35+1"


def test_a_table_that_is_not_about_people_is_counted_without_them() -> None:
    region = spoilt(changed("units", 2, latitude=None))
    report = judged(examined(region, silent), None, silent)
    located = next(each for each in report.checks if each.name == "unit_located")

    assert (located.faulty, located.people) == (1, None)
    assert report.people_with_gap == 0
    assert Government.table not in {each.table for each in report.filled}
