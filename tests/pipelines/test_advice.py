"""`mutasi contrast`, and what `mutasi examine` advises: words, figures, exit codes."""

import json
import re
from pathlib import Path

import pytest

from models.advice import Advice, advice_on
from models.contrast import contrast_of
from models.explanation import Aspect
from models.recommender import Recommender
from mutasi.i18n import render
from mutasi.settings import Settings
from pipelines.recommend import opened
from tests import learned
from tests.artifacts import serve
from tests.learned import Pair
from tests.pipelines.conftest import Run

SIGNED = re.compile(r"^│\s+([+-][\d.]+)\s+│", re.MULTILINE)
WORDS = {
    "id": ("di depan", "cara membaca masa lalu", "Yang dapat membantu", "bukan janji"),
    "en": ("before", "ways to read the past", "What would help", "no promise"),
}


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with records and a model; read only."""
    return learned.made_home(tmp_path_factory.mktemp("advised")).home


@pytest.fixture(scope="session")
def bare_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with records and no model; read only."""
    return learned.made_home(tmp_path_factory.mktemp("unadvised"), has_model=False).home


@pytest.fixture(scope="session")
def ready(home: Path) -> Recommender:
    return opened(Settings(home=home)).recommender


@pytest.fixture(scope="session")
def apart(ready: Recommender) -> tuple[str, str, str]:
    """A position and two people who are told apart, the better one last."""
    for named in learned.rivals():
        contrast = contrast_of(ready, *named)
        if contrast.is_told_apart:
            return named[0], contrast.second.employee_id, contrast.first.employee_id
    raise AssertionError("no two can be told apart")


@pytest.fixture(scope="session")
def advised(ready: Recommender) -> Advice:
    """Advice with a lever that carries both caveats."""
    for pair in learned.recommended():
        advice = advice_on(ready, pair.employee_id, pair.position_id)
        if any(
            not (lever.is_familiar or lever.effect.is_told_from_nothing) for lever in advice.levers
        ):
            return advice
    raise AssertionError("every lever is within the past or told from nothing")


def contrast_words(home: Path, position_id: str, *people: str) -> list[str]:
    named = [word for person in people for word in ("--employee", person)]
    return ["--home", str(home), "contrast", "--position", position_id, *named]


def examine_words(home: Path, pair: Pair) -> list[str]:
    return [
        *("--home", str(home), "examine"),
        *("--employee", pair.employee_id, "--position", pair.position_id),
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_contrast_tells_who_comes_first_why_and_how_sure(
    home: Path, apart: tuple[str, str, str], ready: Recommender, run: Run, language: str
) -> None:
    code, said, _ = run(*contrast_words(home, *apart), "--lang", language)
    contrast = contrast_of(ready, *apart)
    before, sure, *_ = WORDS[language]
    strongest = contrast.differences[0]

    assert code == 0
    assert (
        f"{contrast.first.employee_name} {before} {contrast.second.employee_name}: "
        f"{contrast.title}, {contrast.unit_name}" in said
    )
    assert sure in said
    assert render(f"concept.{strongest.concept}.label", language) in said
    assert render("contrast.note", language) in said


def test_both_orders_print_the_same(home: Path, apart: tuple[str, str, str], run: Run) -> None:
    position_id, one, other = apart

    assert run(*contrast_words(home, position_id, one, other)) == run(
        *contrast_words(home, position_id, other, one)
    )


def test_printed_effects_add_up_to_the_printed_difference(
    home: Path, apart: tuple[str, str, str], run: Run
) -> None:
    _, said, _ = run(*contrast_words(home, *apart), "--lang", "en")
    tables = said.split("What sets them apart")[1:]

    assert len(tables) == 2
    for table in tables:
        *effects, whole = map(float, SIGNED.findall(table))
        assert len(effects) >= 2
        assert sum(effects) == pytest.approx(whole, abs=0.05 * (len(effects) + 1) + 1e-9)


def test_a_program_gets_the_numbers_of_a_contrast(
    home: Path, apart: tuple[str, str, str], ready: Recommender, run: Run
) -> None:
    code, said, _ = run(*contrast_words(home, *apart), "--json")
    told = json.loads(said)
    contrast = contrast_of(ready, *apart)

    assert code == 0
    assert told["first"]["employee_id"] == contrast.first.employee_id
    assert told["certainty"] == pytest.approx(contrast.certainty)
    assert told["sureness"] == contrast.sureness
    worth = sum(each["worth"] for each in told["differences"])
    utilities = [told[place]["utility"] for place in ("first", "second")]
    assert worth == pytest.approx(utilities[0] - utilities[1])


@pytest.mark.parametrize(
    ("position", "people", "said"),
    [
        pytest.param("nowhere", "both", "Tidak ada jabatan dengan kode nowhere.", id="position"),
        pytest.param(None, "stranger", "Tidak ada pegawai dengan nomor 0.", id="person"),
        pytest.param(None, "twice", "tidak dapat dibandingkan dengan dirinya", id="same"),
        pytest.param(None, "one", "yang dibandingkan dua orang", id="one"),
        pytest.param(None, "three", "yang dibandingkan dua orang", id="three"),
    ],
)
def test_a_contrast_that_cannot_be_drawn_ends_with_2_and_a_sentence(
    home: Path,
    apart: tuple[str, str, str],
    run: Run,
    position: str | None,
    people: str,
    said: str,
) -> None:
    position_id, one, other = apart
    named = {
        "both": (one, other),
        "stranger": (one, "0"),
        "twice": (one, one),
        "one": (one,),
        "three": (one, other, one),
    }[people]
    code, _, error = run(*contrast_words(home, position or position_id, *named))

    assert code == 2
    assert said in error
    assert "Traceback" not in error


def test_whom_the_law_blocks_comes_second_with_the_finding(
    home: Path, apart: tuple[str, str, str], ready: Recommender, run: Run
) -> None:
    position_id, one, _ = apart
    blocked = next(
        each
        for each in ready.candidates(position_id, 20, explain=False).excluded
        if contrast_of(ready, position_id, one, each.employee_id).certainty is not None
    )
    code, said, _ = run(
        *contrast_words(home, position_id, one, blocked.employee_id), "--lang", "en"
    )

    assert code == 0
    assert f"before {blocked.employee_name}: " in said
    assert f"By law {blocked.employee_name} cannot be placed here" in said
    assert f"[{blocked.findings[0].basis}]" in said
    assert render("contrast.by_prediction", "en") in said


def test_of_whom_the_past_cannot_speak_a_contrast_tells_no_number(
    home: Path, ready: Recommender, run: Run
) -> None:
    position_id, known, unknown = next(
        (vacancy.position_id, told[True].employee_id, told[False])
        for vacancy in ready.vacancies()
        if len(
            told := {
                each.has_evidence: each
                for each in ready.candidates(vacancy.position_id, 200, explain=False).recommended
            }
        )
        == 2
    )
    code, said, _ = run(
        *contrast_words(home, position_id, unknown.employee_id, known), "--lang", "en"
    )

    assert code == 0
    assert f"Not enough evidence of {unknown.employee_name}" in said
    assert "ways to read the past" not in said
    assert "What sets them apart" not in said


def test_a_model_of_one_question_shows_its_figures_alone(
    tmp_path: Path, apart: tuple[str, str, str], run: Run
) -> None:
    settings = learned.made_home(tmp_path, has_model=False)
    heads = {"acceptance": learned.heads()["acceptance"]}
    serve(settings, "half", heads)
    _, said, _ = run(*contrast_words(tmp_path, *apart), "--lang", "en")

    assert render("contrast.acceptance", "en") in said
    assert render("contrast.performance", "en") not in said
    differences = contrast_of(opened(settings).recommender, *apart).differences
    shown = {each for each in Aspect if render(f"contrast.aspect_{each}", "en") in said}
    assert shown == {each.aspect for each in differences}
    assert Aspect.ACCEPTANCE in shown
    assert Aspect.PERFORMANCE not in shown


def test_without_a_model_a_contrast_says_what_it_takes(
    bare_home: Path, apart: tuple[str, str, str], run: Run
) -> None:
    code, said, error = run(*contrast_words(bare_home, *apart), "--lang", "en")

    assert (code, said) == (2, "")
    assert "mutasi train" in error


@pytest.mark.parametrize("language", ["id", "en"])
def test_an_examination_ends_with_what_would_help(
    home: Path, advised: Advice, run: Run, language: str
) -> None:
    examined = advised.examination
    pair = Pair(examined.employee_id, examined.position_id)
    code, said, _ = run(*examine_words(home, pair), "--lang", language)
    *_, heading, promise = WORDS[language]
    law, _, advice = said.partition(heading)

    assert code == 0
    assert render("examination.kept", language) in law
    assert advice.count("  + ") == len(advised.levers)
    assert render("lever.unfamiliar", language) in advice
    assert render("lever.nothing", language) in advice
    assert promise in advice


def test_a_program_gets_the_levers_beside_the_law(home: Path, advised: Advice, run: Run) -> None:
    examined = advised.examination
    pair = Pair(examined.employee_id, examined.position_id)
    _, said, _ = run(*examine_words(home, pair), "--json")
    told = json.loads(said)

    assert told["is_eligible"] == examined.is_eligible
    assert told["advice"]["has_evidence"]
    for lever, shown in zip(advised.levers, told["advice"]["levers"], strict=True):
        assert (shown["name"], shown["subject"]) == (lever.name, lever.subject)
        assert shown["effect"]["after"] == pytest.approx(lever.effect.after)
        assert shown["is_familiar"] == lever.is_familiar


def test_without_a_model_an_examination_is_the_law_alone(bare_home: Path, run: Run) -> None:
    pair = learned.recommended()[0]
    code, said, _ = run(*examine_words(bare_home, pair), "--lang", "en")
    _, asked, _ = run(*examine_words(bare_home, pair), "--json")

    assert code == 0
    assert WORDS["en"][2] not in said
    assert json.loads(asked)["advice"] is None


def test_advice_to_one_whom_the_law_blocks_says_that_it_lifts_nothing(
    home: Path, ready: Recommender, run: Run
) -> None:
    pair = next(
        Pair(each.employee_id, each.position_id)
        for vacancy in ready.vacancies()
        for each in ready.candidates(vacancy.position_id, 20, explain=False).excluded
        if advice_on(ready, each.employee_id, each.position_id).levers
    )
    _, said, _ = run(*examine_words(home, pair), "--lang", "en")

    assert render("lever.blocked", "en") in said


def test_where_the_past_cannot_speak_nothing_is_advised(
    home: Path, ready: Recommender, run: Run
) -> None:
    pair = next(
        Pair(each.employee_id, each.position_id)
        for vacancy in ready.vacancies()
        for each in ready.candidates(vacancy.position_id, 200, explain=False).recommended
        if not each.has_evidence
    )
    code, said, _ = run(*examine_words(home, pair), "--lang", "en")

    assert code == 0
    assert render("lever.no_evidence", "en") in said


def test_a_person_who_is_not_on_record_is_not_examined(home: Path, run: Run) -> None:
    pair = Pair("0", learned.recommended()[0].position_id)
    code, _, error = run(*examine_words(home, pair), "--lang", "en")

    assert code == 2
    assert "No employee has the number 0." in error
