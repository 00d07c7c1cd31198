"""A small simulated region in a home: stored, and with a model."""

import shutil
from collections.abc import Callable
from datetime import date

import pytest

from models import aliases
from models.aliases import Alias
from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig
from mutasi.simulation.region import Region, simulate
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines import cli
from pipelines.evaluation.headlines import changed
from pipelines.evaluation.job import evaluate, rounded, written_report
from pipelines.evaluation.lights import lights
from pipelines.evaluation.schema import Headline, Report
from pipelines.pages.figure import Figure
from pipelines.quality.job import Judged, judge_store
from pipelines.train import Trained, train_and_register

EMPLOYEES, YEARS = 500, 6

Run = Callable[..., tuple[int, str, str]]
"""Types a command."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Type a command; returns the exit code and what was printed, also as an error."""

    def typed(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["mutasi", *words])
        monkeypatch.setenv("COLUMNS", "240")
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return typed


@pytest.fixture(scope="session")
def invented() -> Region:
    return simulate(SimulationConfig(employees=EMPLOYEES, years=YEARS, seed=11))


@pytest.fixture(scope="session")
def stored(invented: Region, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with records and no model; read only."""
    settings = Settings(home=tmp_path_factory.mktemp("stored"))
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        personnel.save(work, invented.frames)
    return settings


@pytest.fixture(scope="session")
def trained(stored: Settings, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Trained]:
    """A home with records and a model that serves, unjudged; read only."""
    home = tmp_path_factory.mktemp("trained")
    shutil.copytree(stored.home, home, dirs_exist_ok=True)
    settings = Settings(home=home)
    made = train_and_register(settings)
    aliases.change(settings.models, {Alias.CHAMPION: made.manifest.version, Alias.CHALLENGER: None})
    return settings, made


@pytest.fixture(scope="session")
def written(trained: tuple[Settings, Trained], tmp_path_factory: pytest.TempPathFactory) -> Judged:
    """The report on the quality of the records, in Indonesian; read only."""
    folder = tmp_path_factory.mktemp("quality")
    return judge_store(trained[0], lambda *_: None, out=folder)


LAST_DAY = date(2026, 3, 31)


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


@pytest.fixture(scope="session")
def lived() -> Region:
    """A small region that is old enough to be tested."""
    return simulate(SimulationConfig(employees=900, years=7, seed=3))


@pytest.fixture(scope="session")
def known(lived: Region) -> Snapshot:
    return Snapshot.of(LAST_DAY, lived.frames)


@pytest.fixture(scope="session")
def report(lived: Region, known: Snapshot) -> Report:
    return evaluate(known, silent, truth=lived.truth, years=2, draws=60)


@pytest.fixture(scope="session")
def compared(report: Report) -> Report:
    """The report beside an earlier one in which predictions were worse and lists better."""
    then = dict(report.headlines)
    for name, by in (("performance.rmse", 5.0), ("movers.ndcg", 0.5), ("evidence.without", 0.9)):
        then[name] = moved(then[name], by)
    del then["acceptance.auc"]
    before = report.model_copy(update={"as_of": "2025-03-31", "headlines": then})
    found = report.model_copy(update={"since": changed(report, before)})
    found = found.model_copy(update={"lights": lights(found)})
    return Report.model_validate(rounded(found.model_dump()))


def moved(headline: Headline, by: float) -> Headline:
    ends = {
        name: None if end is None else end + by
        for name, end in headline.figure.model_dump().items()
    }
    return headline.model_copy(update={"figure": Figure(**ends)})


@pytest.fixture(scope="session")
def texts(compared: Report, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Everything that is written, by language and file."""
    found = {}
    for language in LANGUAGES:
        folder = tmp_path_factory.mktemp(language)
        written_report(compared, folder, language)
        for path in sorted(folder.iterdir()):
            found[f"{language}/{path.name}"] = path.read_text(encoding="utf-8")
    return found
