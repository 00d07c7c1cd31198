"""`mutasi recommend` and `mutasi train`, as typed."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from models.recommender import Recommender
from mutasi.settings import Settings
from pipelines.recommend import opened
from pipelines.train import Trained
from tests.pipelines.conftest import Run


@pytest.fixture(scope="module")
def ready(trained: tuple[Settings, Trained]) -> Recommender:
    return opened(trained[0]).recommender


def told(printed: str) -> Any:
    return json.loads(printed)


def vacancy_with_candidates(ready: Recommender) -> str:
    return next(
        vacancy.position_id
        for vacancy in ready.vacancies()
        if ready.candidates(vacancy.position_id, 1).eligible > 3
    )


def test_candidates_are_a_table_with_reasons(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    vacancy = vacancy_with_candidates(ready)
    first = ready.candidates(vacancy, 1).recommended[0]

    code, out, _ = run("--home", str(trained[0].home), "recommend", "--vacancy", vacancy)

    assert code == 0
    assert first.employee_id in out
    assert "Calon untuk" in out
    assert re.search(r"\((kinerja|peluang) [+-]\d", out)
    assert "[PP " in out


def test_candidates_in_english_as_json(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    vacancy = vacancy_with_candidates(ready)

    code, out, _ = run(
        *("--home", str(trained[0].home), "recommend", "--vacancy", vacancy),
        *("--limit", "2", "--json", "--lang", "en"),
    )

    ranking = told(out)
    assert code == 0
    assert ranking["basis"] == "model"
    assert [shown["rank"] for shown in ranking["recommended"]] == [1, 2]


def test_positions_for_a_person(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    person = ready.candidates(vacancy_with_candidates(ready), 1).recommended[0].employee_id

    code, out, _ = run(
        *("--home", str(trained[0].home), "recommend", "--employee", person),
        *("--limit", "2", "--lang", "en"),
    )

    assert code == 0
    assert "Positions for" in out


def test_without_a_question_the_vacancies_are_listed(
    run: Run, trained: tuple[Settings, Trained]
) -> None:
    home = str(trained[0].home)
    code, out, _ = run("--home", home, "recommend", "--limit", "3")
    as_json = run("--home", home, "recommend", "--limit", "3", "--json")[1]

    assert code == 0
    assert all(vacancy["position_id"] in out for vacancy in told(as_json))


def test_without_a_model_the_transparent_score_is_shown_and_marked(
    run: Run, ready: Recommender, stored: Settings
) -> None:
    vacancy = vacancy_with_candidates(ready)

    code, out, _ = run("--home", str(stored.home), "recommend", "--vacancy", vacancy)

    assert code == 0
    assert "skor kecocokan profil" in out
    assert "skor +" in out


def test_a_vacancy_for_which_nobody_is_eligible_says_so(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    vacancy = next(
        vacancy.position_id
        for vacancy in ready.vacancies()
        if ready.candidates(vacancy.position_id, 1).eligible == 0
    )

    code, out, _ = run("--home", str(trained[0].home), "recommend", "--vacancy", vacancy)

    assert code == 0
    assert "Tidak ada yang memenuhi syarat" in out


def test_a_person_whom_the_law_allows_nowhere_is_told_so(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    people = ready.snapshot.tables["employees"]["employee_id"]
    person = next(who for who in people if ready.positions(who, 1).eligible == 0)

    code, out, _ = run("--home", str(trained[0].home), "recommend", "--employee", person)

    assert code == 0
    assert "Tidak ada jabatan lowong yang dibolehkan aturan" in out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        pytest.param(("--vacancy", "NONE"), "NONE", id="unknown vacancy"),
        pytest.param(("--employee", "123"), "123", id="unknown person"),
        pytest.param(("--vacancy", "NONE", "--limit", "0"), "200", id="limit of 0"),
        pytest.param(("--employee", "123", "--limit", "1000000000"), "200", id="limit of 10^9"),
    ],
)
def test_a_wrong_question_is_one_sentence_and_exit_code_2(
    run: Run, trained: tuple[Settings, Trained], words: tuple[str, ...], message: str
) -> None:
    code, _, err = run("--home", str(trained[0].home), "recommend", *words)

    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_an_empty_home_is_one_sentence_and_exit_code_2(run: Run, tmp_path: Path) -> None:
    for words in (("recommend",), ("train",)):
        code, _, err = run("--home", str(tmp_path), *words)

        assert code == 2
        assert "mutasi import" in err


def test_two_questions_at_once_are_wrong_usage(run: Run, stored: Settings) -> None:
    code, _, err = run("--home", str(stored.home), "recommend", "--vacancy", "A", "--employee", "B")

    assert code == 2
    assert "pilih salah satu: --vacancy atau --employee" in " ".join(err.split())


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        pytest.param("manifest.json", "is not what was signed", id="a truncated manifest"),
        pytest.param("manifest.sig", "is not what was signed", id="a truncated signature"),
        pytest.param("performance.json", "damaged or incomplete", id="a truncated learner"),
    ],
)
def test_with_a_model_that_is_not_what_was_signed_the_transparent_score_is_shown_and_why(
    run: Run,
    ready: Recommender,
    trained: tuple[Settings, Trained],
    tmp_path: Path,
    file: str,
    reason: str,
) -> None:
    shutil.copytree(trained[0].home, tmp_path, dirs_exist_ok=True)
    spoilt = Settings(home=tmp_path).models / trained[1].manifest.version / file
    spoilt.write_bytes(spoilt.read_bytes()[:50])
    vacancy = vacancy_with_candidates(ready)

    code, out, err = run(
        *("--home", str(tmp_path), "recommend", "--vacancy", vacancy, "--limit", "2"),
        *("--json", "--lang", "en"),
    )

    assert code == 0
    assert told(out)["basis"] == "transparent_score"
    assert reason in " ".join(err.split())


def test_a_champion_that_is_gone_is_told(
    run: Run, trained: tuple[Settings, Trained], tmp_path: Path
) -> None:
    shutil.copytree(trained[0].home, tmp_path, dirs_exist_ok=True)
    shutil.rmtree(Settings(home=tmp_path).models / trained[1].manifest.version)

    code, _, err = run("--home", str(tmp_path), "recommend", "--lang", "en")

    assert code == 0
    assert "There is no model to use at" in " ".join(err.split())


@pytest.mark.parametrize("key", ["", "no key"])
def test_without_the_key_that_checks_models_none_is_used(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained], tmp_path: Path, key: str
) -> None:
    shutil.copytree(trained[0].home, tmp_path, dirs_exist_ok=True)
    file = Settings(home=tmp_path).public_key_file
    file.write_text(key) if key else file.unlink()
    vacancy = vacancy_with_candidates(ready)

    code, out, err = run("--home", str(tmp_path), "recommend", "--vacancy", vacancy)

    assert code == 0
    assert "skor kecocokan profil" in out
    assert ("Ed25519" if key else "Kunci tanda tangan model tidak ada") in " ".join(err.split())


def test_training_prints_what_was_learned(run: Run, stored: Settings, tmp_path: Path) -> None:
    shutil.copytree(stored.home, tmp_path, dirs_exist_ok=True)
    code, out, _ = run("--home", str(tmp_path), "train", "--lang", "en")

    assert code == 0
    assert "performance after the move" in out
    assert "challenger" in out
    assert "mutasi promote" in out

    code, out, _ = run("--home", str(tmp_path), "train", "--json")

    assert code == 0
    assert set(told(out)["heads"]) == {"performance", "acceptance", "proposal"}
    assert told(out)["champion"] is None


def test_m6_an_examination_tells_the_article_and_from_when(
    run: Run, ready: Recommender, trained: tuple[Settings, Trained]
) -> None:
    home = str(trained[0].home)
    exclusion = next(
        exclusion
        for vacancy in ready.vacancies()
        for exclusion in ready.candidates(vacancy.position_id, 5).excluded
        if exclusion.eligible_on is not None
    )
    asked = ("--employee", exclusion.employee_id, "--position", exclusion.position_id)

    code, out, _ = run("--home", home, "examine", *asked)
    as_json = told(run("--home", home, "examine", *asked, "--json")[1])

    assert code == 0
    assert "Dapat dicalonkan mulai" in out
    assert exclusion.findings[0].basis in out
    assert as_json["eligible_on"] == str(exclusion.eligible_on)


def test_an_examination_of_nobody_is_a_sentence(
    run: Run, trained: tuple[Settings, Trained]
) -> None:
    asked = ("examine", "--employee", "000000000000000000", "--position", "X")
    code, _, err = run("--home", str(trained[0].home), *asked)

    assert code == 2
    assert "000000000000000000" in err
    assert "Traceback" not in err


def test_own_request_is_about_a_person(run: Run, trained: tuple[Settings, Trained]) -> None:
    code, _, err = run("--home", str(trained[0].home), "recommend", "--own-request")

    assert code == 2
    assert "--employee" in err


@pytest.mark.parametrize("limit", ["0", "-3", "201"])
def test_open_positions_are_listed_within_limits_too(
    run: Run, stored: Settings, limit: str
) -> None:
    code, said, error = run("--home", str(stored.home), "recommend", "--limit", limit)

    assert (code, said) == (2, "")
    assert limit in error


@pytest.mark.parametrize("told", [b"\xff\xfe\x00", b"../../elsewhere", b""])
def test_a_garbled_name_of_the_champion_leaves_the_law_and_says_so(
    run: Run, stored: Settings, tmp_path: Path, told: bytes
) -> None:
    shutil.copytree(stored.home, tmp_path, dirs_exist_ok=True)
    models = Settings(home=tmp_path).models
    models.mkdir(exist_ok=True)
    (models / "champion").write_bytes(told)

    code, said, error = run("--home", str(tmp_path), "recommend", "--lang", "en")

    assert code == 0
    assert said
    assert "cannot be read" in " ".join(error.split())


def test_a_folder_that_cannot_be_written_is_one_sentence(
    run: Run, stored: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "file"
    file.write_text("not a folder", encoding="utf-8")

    code, _, error = run("--home", str(stored.home), "export", str(file / "out"))

    assert code == 2
    assert "Traceback" not in error
    assert str(file) in error.replace("\n", "")


@pytest.mark.parametrize("value", ["[not json", "somewhere"])
def test_a_setting_that_cannot_be_read_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("MUTASI_BESIDE", value)

    code, _, error = run("recommend")

    assert code == 2
    assert "beside" in error
    assert "Traceback" not in error


def test_the_rater_s_leniency_is_no_reason_for_a_rank(ready: Recommender) -> None:
    rankings = [ready.candidates(each.position_id, 10) for each in ready.vacancies(20)]
    told = {why.concept for one in rankings for each in one.recommended for why in each.reasons}

    assert "person_record" in told or "past_performance" in told
    assert "leniency" not in told
