"""Sentences of advice: every lever has words, and none of them promises."""

import re
from dataclasses import dataclass

import pytest

from mutasi import i18n
from mutasi.advice import caveats, certainty_sentence, lever_sentence
from mutasi.vocabulary import COMPETENCIES, FUNCTIONS

PROMISING = re.compile(
    r"\b(will|guarantee\w*|certainly|sure to|akan|dijamin|pasti|menjamin)\b", re.IGNORECASE
)
CODE_NAME = re.compile(r"[a-z]_[a-z]|[{}]|\bNone\b|\bnan\b", re.IGNORECASE)


@dataclass(frozen=True)
class Effect:
    """What a change does to a prediction."""

    aspect: str
    size: float
    low: float
    high: float

    @property
    def is_told_from_nothing(self) -> bool:
        return self.low > 0 or self.high < 0


RATING = Effect("performance", 0.72, 0.1, 1.34)
CHANCE = Effect("acceptance", 0.124, 0.031, 0.217)
NOTHING = Effect("performance", 0.3, -0.4, 1.0)


@pytest.mark.parametrize(
    ("name", "facts", "effect", "indonesian", "english"),
    [
        pytest.param(
            "competency",
            {"subject": "decisions", "amount": 1.0},
            RATING,
            "Pengambilan keputusan, naik satu tingkat lewat pelatihan: "
            "perkiraan kinerja +0,7 poin (90%: +0,1 sampai +1,3)",
            "Decision-making, one level more by training: "
            "predicted performance +0.7 points (90%: +0.1 to +1.3)",
            id="competency",
        ),
        pytest.param(
            "course",
            {"subject": "health", "amount": 40.0},
            RATING,
            "Kursus 40 jam tentang urusan kesehatan: "
            "perkiraan kinerja +0,7 poin (90%: +0,1 sampai +1,3)",
            "A course of 40 hours about health: "
            "predicted performance +0.7 points (90%: +0.1 to +1.3)",
            id="course",
        ),
        pytest.param(
            "course",
            {"subject": None, "amount": 40.0},
            RATING,
            "Kursus 40 jam: perkiraan kinerja +0,7 poin (90%: +0,1 sampai +1,3)",
            "A course of 40 hours: predicted performance +0.7 points (90%: +0.1 to +1.3)",
            id="course about nothing known",
        ),
        pytest.param(
            "transport",
            {"subject": None, "amount": 17.6},
            CHANCE,
            "Sarana angkutan, dihitung seolah jaraknya 18 km lebih pendek: "
            "perkiraan peluang diterima +12,4 poin persen (90%: +3,1 sampai +21,7)",
            "Transport, counted as if the way were 18 km shorter: "
            "predicted chance of acceptance +12.4 percentage points (90%: +3.1 to +21.7)",
            id="transport",
        ),
        pytest.param(
            "allowance",
            {"subject": None, "amount": 1.0},
            CHANCE,
            "Tunjangan setara satu kelas jabatan lebih tinggi: "
            "perkiraan peluang diterima +12,4 poin persen (90%: +3,1 sampai +21,7)",
            "An allowance as of one job class more: "
            "predicted chance of acceptance +12.4 percentage points (90%: +3.1 to +21.7)",
            id="allowance",
        ),
        pytest.param(
            "nearer_unit",
            {"subject": "SD-2.GK", "amount": 12.0, "unit": "SD Negeri 2"},
            CHANCE,
            "Jabatan yang sama di SD Negeri 2, 12 km lebih dekat dari rumah: "
            "perkiraan peluang diterima +12,4 poin persen (90%: +3,1 sampai +21,7)",
            "The same title at SD Negeri 2, 12 km nearer to the home: "
            "predicted chance of acceptance +12.4 percentage points (90%: +3.1 to +21.7)",
            id="nearer unit",
        ),
    ],
)
def test_a_lever_is_told_with_its_effect_and_the_interval(
    name: str, facts: dict[str, object], effect: Effect, indonesian: str, english: str
) -> None:
    assert lever_sentence(name, facts, effect, None, "id") == indonesian
    assert lever_sentence(name, facts, effect, None, "en") == english


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("name", "subjects"),
    [("competency", (*COMPETENCIES, "technical")), ("course", (*FUNCTIONS, None))],
)
def test_every_subject_has_words(
    name: str, subjects: tuple[str | None, ...], language: str
) -> None:
    for subject in subjects:
        said = lever_sentence(name, {"subject": subject, "amount": 1.0}, RATING, None, language)
        assert not CODE_NAME.search(said), said


def test_what_it_does_beside_is_told_where_it_is_more_than_nothing() -> None:
    facts = {"subject": None, "amount": 1.0, "unit": "SD Negeri 2"}

    told = lever_sentence("allowance", facts, CHANCE, RATING, "en")
    untold = lever_sentence("allowance", facts, CHANCE, NOTHING, "en")
    elsewhere = lever_sentence("nearer_unit", facts, CHANCE, NOTHING, "en")

    assert told.endswith("; beside that, predicted performance +0.7 points (90%: +0.1 to +1.3)")
    assert "beside" not in untold
    assert elsewhere.endswith(
        "; beside that, predicted performance +0.3 points (90%: -0.4 to +1.0)"
    )


def test_an_end_that_rounds_to_nothing_has_no_minus() -> None:
    effect = Effect("performance", 0.4, -0.04, 0.84)

    assert "+0.0 to +0.8" in lever_sentence("allowance", {"amount": 1.0}, effect, None, "en")


@pytest.mark.parametrize(
    ("effect", "is_familiar", "said"),
    [
        pytest.param(RATING, True, [], id="nothing to warn of"),
        pytest.param(
            RATING,
            False,
            ["This goes beyond what the past has seen, so it is untested."],
            id="beyond the past",
        ),
        pytest.param(
            NOTHING, True, ["The data cannot tell this from no effect at all."], id="not told"
        ),
    ],
)
def test_what_the_data_cannot_carry_is_said(
    effect: Effect, is_familiar: bool, said: list[str]
) -> None:
    assert caveats(effect, "en", is_familiar=is_familiar) == said


def test_both_caveats_may_hold() -> None:
    assert len(caveats(NOTHING, "id", is_familiar=False)) == 2


def test_a_lever_without_words_is_refused() -> None:
    with pytest.raises(KeyError, match=r"lever\.magic"):
        lever_sentence("magic", {}, RATING, None, "id")


@pytest.mark.parametrize(
    ("sureness", "certainty", "said"),
    [
        ("sure", 0.97, "In 97% of the ways to read the past Ani comes out better than Budi."),
        pytest.param(
            "leaning",
            0.87,
            "In 87% of the ways to read the past Ani comes out better than Budi: "
            "likely, but not settled.",
        ),
        pytest.param(
            "undecided",
            0.6,
            "By what is known they cannot be told apart: "
            "Ani comes out better than Budi in 60% of the ways to read the past.",
        ),
        ("sure", 0.002, "In >99% of the ways to read the past Budi comes out better than Ani."),
    ],
)
def test_how_sure_it_is_is_said_and_never_as_certain(
    sureness: str, certainty: float, said: str
) -> None:
    assert certainty_sentence(sureness, certainty, "Ani", "Budi", "en") == said


def test_how_sure_it_is_is_said_in_indonesian() -> None:
    said = certainty_sentence("leaning", 0.126, "Ani", "Budi", "id")

    assert said == (
        "Dalam 87% dari cara membaca masa lalu, Budi lebih baik daripada Ani: "
        "cenderung, tetapi belum meyakinkan."
    )


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_nothing_that_is_told_of_levers_sounds_like_a_promise(language: str) -> None:
    told = [
        template
        for key in i18n.keys(language)
        if key.startswith(("lever.", "contrast."))
        for template in i18n.variants(key, language)
    ]

    assert len(told) > 30
    assert not [text for text in told if PROMISING.search(text)]
