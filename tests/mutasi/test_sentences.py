"""Sentences: words for every concept and rule, true to the facts, never a feature's name."""

import re
from collections.abc import Mapping
from datetime import date

import numpy as np
import pytest

from features import FEATURES, Concept
from mutasi import i18n
from mutasi.rules import RULES, Finding, Rule, Severity
from mutasi.sentences import CLAUSES, finding_sentence, reason_sentence

ASPECTS = ("performance", "acceptance", "profile")
CODE_NAME = re.compile(r"[a-z]_[a-z]|[{}]|\bNone\b|\bnan\b", re.IGNORECASE)
OF_CONCEPT = {
    concept: [name for name, made in FEATURES.items() if made.concept == concept]
    for concept in Concept
}


def finding(rule: str, facts: Mapping[str, object], *, is_unknown: bool = False) -> Finding:
    return Finding(rule, Severity.BLOCKS, "an article", facts, is_unknown=is_unknown)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("concept", Concept)
def test_every_concept_has_a_label_and_clauses(concept: Concept, language: str) -> None:
    assert i18n.has_words(f"concept.{concept}.label", language)
    assert concept.value in CLAUSES


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.name))
def test_every_rule_has_words(rule: Rule, language: str) -> None:
    parts = ("label", "sentence", "unknown")

    assert all(i18n.has_words(f"rule.{rule.name}.{part}", language) for part in parts)


@pytest.mark.parametrize("language", i18n.LANGUAGES)
@pytest.mark.parametrize("concept", Concept)
def test_any_facts_make_a_sentence_without_code_names(
    concept: Concept, language: str, rng: np.random.Generator
) -> None:
    names = OF_CONCEPT[concept]
    for _ in range(300):
        values = rng.choice([-8.0, -1.0, -0.3, 0.0, 0.02, 0.4, 1.0, 3.6, 49.0, 61.0], len(names))
        known = rng.random(len(names)) < rng.random()
        facts: dict[str, float | str | None] = {
            name: float(value) if shown else None
            for name, value, shown in zip(names, values, known, strict=True)
        }
        if rng.random() < 0.5:
            facts["function"] = "public_works"
        said = reason_sentence(
            concept.value, str(rng.choice(ASPECTS)), float(rng.normal()), facts, language
        )

        assert said[0] == said[0].upper()
        assert not CODE_NAME.search(said), said


@pytest.mark.parametrize(
    ("concept", "effect", "facts", "indonesian", "english"),
    [
        pytest.param(
            "function_experience",
            2.0,
            {"years_in_function": 6.2, "function": "health"},
            "Pernah 6,2 tahun bertugas di urusan kesehatan",
            "Has served 6.2 years in the area of health",
            id="experience",
        ),
        pytest.param(
            "function_experience",
            -2.0,
            {"years_in_function": 0.4},
            "Baru 5 bulan bertugas di urusan ini",
            "Has served only 5 months in this area",
            id="little experience, function not said",
        ),
        pytest.param(
            "distance",
            -8.0,
            {"distance_then_km": 41.0, "distance_now_km": 6.0, "distance_change_km": 35.0},
            "Jarak rumah ke unit baru 41 km, 35 km lebih jauh dari sekarang",
            "New unit is 41 km from home, 35 km further than now",
            id="further",
        ),
        pytest.param(
            "distance",
            8.0,
            {"distance_then_km": 1041.0, "distance_change_km": None},
            "Jarak rumah ke unit baru 1.041 km",
            "New unit is 1,041 km from home",
            id="the present distance is not known",
        ),
        pytest.param(
            "competence_fit",
            -1.5,
            {"job_person_match": 87.5, "gap_decisions": -1.0, "gap_integrity": 1.0},
            "Pengambilan keputusan 1 tingkat di bawah standar jabatan",
            "Decision-making below the position's standard (levels: 1)",
            id="only what speaks against is told against",
        ),
        pytest.param(
            "competence_fit",
            1.5,
            {"job_person_match": 87.5, "gap_decisions": -1.0, "gap_integrity": 1.0},
            "Kompetensi sesuai 88% dengan standar jabatan; "
            "integritas 1 tingkat di atas standar jabatan",
            "Competencies match the position's standard by 88%; "
            "integrity above the position's standard (levels: 1)",
            id="only what speaks for is told for",
        ),
        pytest.param(
            "tenure",
            1.0,
            {"years_in_posting": None},
            "Lama di jabatan sekarang mendukung",
            "Time in the present post speaks for it",
            id="nothing is known",
        ),
    ],
)
def test_a_reason_says_what_its_facts_say(
    concept: str,
    effect: float,
    facts: Mapping[str, float | None],
    indonesian: str,
    english: str,
) -> None:
    assert reason_sentence(concept, "performance", effect, facts, "id") == indonesian
    assert reason_sentence(concept, "performance", effect, facts, "en") == english


@pytest.mark.parametrize(
    ("effect", "said"),
    [
        (3.0, "New unit is 41 km from home, 35 km further than now; by past answers no obstacle"),
        (-3.0, "New unit is 41 km from home, 35 km further than now"),
    ],
)
def test_facts_that_go_against_the_effect_are_not_twisted(effect: float, said: str) -> None:
    facts = {"distance_then_km": 41.0, "distance_change_km": 35.0}

    assert reason_sentence("distance", "acceptance", effect, facts, "en") == said


def test_a_concept_without_words_is_refused() -> None:
    with pytest.raises(KeyError, match=r"concept\.zodiac"):
        reason_sentence("zodiac", "performance", 1.0, {}, "id")


@pytest.mark.parametrize(
    ("rule", "facts", "said"),
    [
        pytest.param(
            "minimum_tenure",
            {"since": date(2025, 3, 3), "required": 2},
            "Di jabatan sekarang sejak 3 Maret 2025; mutasi baru boleh setelah 2 tahun",
            id="a day in words",
        ),
        pytest.param(
            "no_running_sanction",
            {"until": date(9999, 12, 31)},
            "Menjalani hukuman disiplin yang belum ada tanggal akhirnya",
            id="a sanction without end",
        ),
        pytest.param(
            "grade_range",
            {"grade": 9.0, "lowest": 12.0, "highest": None},
            "Golongan III/a; jabatan ini mulai dari III/d",
            id="a range that is open above",
        ),
        pytest.param(
            "field_of_study",
            {"studied": 1 << 5, "qualifying": 1 | 1 << 1},
            "Bidang studi hukum; jabatan ini menuntut kesehatan, pendidikan dan keguruan",
            id="fields of study as words",
        ),
        pytest.param(
            "active_service",
            {"standing": "97"},
            "Kedudukan hukum: 97; hanya pegawai aktif yang dapat dimutasi",
            id="a standing that no list knows",
        ),
    ],
)
def test_a_finding_says_what_decided(rule: str, facts: Mapping[str, object], said: str) -> None:
    assert finding_sentence(finding(rule, facts), "id") == said


def test_a_finding_for_want_of_a_fact_says_which() -> None:
    said = finding_sentence(finding("minimum_tenure", {}, is_unknown=True), "en")

    assert said == "The start in the present post is not on record"
