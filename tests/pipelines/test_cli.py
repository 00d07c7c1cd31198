"""The command line: errors are sentences, in the language that was asked for."""

import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from mutasi.i18n import LANGUAGES
from pipelines import cli


def said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str
) -> str:
    """Return what a call that fails says."""
    monkeypatch.setattr(sys, "argv", ["mutasi", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.UNUSABLE
    return " ".join(capsys.readouterr().err.split())


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "units.csv must be in the data folder"), ("id", "units.csv wajib ada")],
)
def test_an_error_is_told_in_the_language_asked_for(
    language: str,
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    home, folder = tmp_path / "home", tmp_path / "[red]region"
    folder.mkdir()

    told = said(monkeypatch, capsys, "--home", str(home), "import", str(folder), "--lang", language)

    assert words in told
    assert "Traceback" not in told


def test_a_store_that_is_none_is_told_without_a_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mutasi.db").write_text("a letter, not a database " * 100)

    told = said(monkeypatch, capsys, "--home", str(tmp_path), "recommend", "--lang", "en")

    assert "cannot be opened" in told
    assert "Traceback" not in told


def test_a_setting_that_cannot_be_is_wrong_usage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTASI_LANGUAGE", "fr")

    result = CliRunner().invoke(cli.app, ["recommend"])

    assert result.exit_code == cli.UNUSABLE
    assert "MUTASI_LANGUAGE" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", ".", "--format", "bundel"), "--format bundel: {} bundle, siasn, ias, lists"),
        (("simulate", "--out", "x", "--world", "d'accord"), "--world d'accord: {} usual, thresh"),
        (("account", "add", "sri", "--role", "boss"), "--role boss: {} "),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_choice_that_there_is_not_is_answered_with_those_there_are(
    arguments: tuple[str, ...], told: str, language: str
) -> None:
    words = {"id": "harus salah satu dari", "en": "must be one of"}[language]

    result = CliRunner().invoke(cli.app, [*arguments, "--lang", language], env={"COLUMNS": "200"})

    assert result.exit_code == cli.UNUSABLE
    assert told.format(words) in result.output


WRONG = [
    pytest.param(["examine"], "--employee wajib diisi", "--employee must be given", id="missing"),
    pytest.param(["import"], "FOLDER wajib diisi", "FOLDER must be given", id="no argument"),
    pytest.param(
        ["recomend"],
        "Tidak ada perintah recomend; ada: recommend,",
        "There is no command recomend; there are: recommend,",
        id="no such command",
    ),
    pytest.param(
        ["monitor", "--jsn"],
        "Tidak ada opsi --jsn; ada: ",
        "There is no option --jsn; there are: ",
        id="no such option",
    ),
    pytest.param(["recommend", "a"], "Terlalu banyak: a", "Too much: a", id="too much"),
    pytest.param(
        ["recommend", "--limit", "x"],
        "--limit x: harus bilangan bulat",
        "--limit x: must be a whole number",
        id="no number",
    ),
    pytest.param(
        ["import", "nowhere"],
        "FOLDER nowhere: tidak ada",
        "FOLDER nowhere: is not there",
        id="no such folder",
    ),
    pytest.param(
        ["import", ".", "--as-of", "01-02-2026"],
        "--as-of 01-02-2026: harus tanggal (YYYY-MM-DD)",
        "--as-of 01-02-2026: must be a day (YYYY-MM-DD)",
        id="no day",
    ),
    pytest.param(
        ["import", ".", "--format", "x"],
        "--format x: harus salah satu dari bundle,",
        "--format x: must be one of bundle,",
        id="no choice",
    ),
]
"""What is typed, and what is said in Indonesian and in English."""


@pytest.mark.parametrize(("words", "indonesian", "english"), WRONG)
def test_wrong_usage_is_told_in_the_language_that_is_set(
    words: list[str],
    indonesian: str,
    english: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MUTASI_LANGUAGE", "id")
    told = said(monkeypatch, capsys, *words)
    assert f"Kesalahan: {indonesian}" in told
    assert "Pemakaian: " in told

    monkeypatch.setenv("MUTASI_LANGUAGE", "en")
    assert f"Error: {english}" in said(monkeypatch, capsys, *words)


def test_wrong_usage_is_told_in_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MUTASI_LANGUAGE", "id")

    assert "--employee must be given" in said(monkeypatch, capsys, "examine", "--lang", "en")
