"""Names in a letter's PDF: diacritics are drawn, and nothing becomes a box."""

from dataclasses import replace

import pytest

from mutasi.i18n import render
from mutasi.letters import Letter, letter
from serving.proposals.letter_pdf import pdf
from tests.serving.proposals.test_letter import MOVE, text_of


def made(name: str, language: str = "id") -> Letter:
    return letter(replace(MOVE, employee_name=name), language)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("Désirée Ñuñez", id="Latin-1"),
        pytest.param("Łukasz Őrsi Žižek", id="Latin Extended-A"),
        pytest.param("Ǎi Ȳusuf Ɗan", id="Latin Extended-B"),
        pytest.param("Nguyễn Thị Ṣāliḥ Ḥasan", id="Latin Extended Additional"),
        pytest.param("Ольга Αθηνά", id="Cyrillic and Greek"),
        pytest.param("M. ʻAli, S.Pd., “Gr.”", id="letters beside letters"),
    ],
)
def test_a_name_that_the_font_has_is_drawn(name: str) -> None:
    read = text_of(pdf(made(name)))

    assert name in read
    assert "[U+" not in read


def test_what_is_told_in_parts_is_drawn_as_one_letter() -> None:
    assert "Désirée" in text_of(pdf(made("De\u0301sire\u0301e")))


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize(
    ("name", "drawn"),
    [
        pytest.param("عمر", "[U+0639][U+0645][U+0631]", id="Arabic"),
        pytest.param("ꦲꦤ", "[U+A9B2][U+A9A4]", id="Javanese"),
        pytest.param("Budi 😀", "Budi [U+1F600]", id="beyond the first plane"),
    ],
)
def test_other_scripts_are_told_by_their_code_points_and_the_letter_says_so(
    name: str, drawn: str, language: str
) -> None:
    read = text_of(pdf(made(name, language)))

    assert drawn in read.replace("] [", "][")
    assert render("letter.by_code_point", language).split(";")[0] in read
