"""What letters need is there for every move, in both languages."""

import json
from dataclasses import asdict

from models.recommender import Recommender
from mutasi.i18n import LANGUAGES
from mutasi.results import LETTERS_FILE, PROPOSAL_FILE
from mutasi.sentences import effect_words, reason_sentence
from pipelines.planning.export import MOVES, plan_sheets
from pipelines.planning.job import Planned
from pipelines.planning.letters import Letters, letters


def test_every_move_has_its_letter_in_both_languages(usual: Planned) -> None:
    found = letters(usual.report).letters

    assert [each.person for each in found] == [move.person for move in usual.report.moves]
    for letter, move in zip(found, usual.report.moves, strict=True):
        assert (letter.origin, letter.to, letter.until) == (move.origin, move.to, move.until)
        for part in (letter.reasons, letter.plan, letter.support, letter.rights):
            assert set(part) == set(LANGUAGES)
        for told in (letter.reasons, letter.plan):
            assert len(told["id"]) == len(told["en"])
            assert told["id"] != told["en"] or not told["id"]
        assert len(letter.support["id"]) == (2 if move.gain is None else 3)
        assert "27/2022" in "".join(letter.rights["en"])


def test_the_reasons_of_a_letter_are_those_by_which_the_person_is_recommended(
    usual: Planned, recommender: Recommender
) -> None:
    report = usual.report
    move = max(report.moves, key=lambda each: len(each.reasons))
    ranking = recommender.candidates(move.to.post, limit=200)
    found = next(each for each in ranking.recommended if each.employee_id == move.person)
    letter = next(each for each in letters(report).letters if each.person == move.person)

    assert found.reasons
    assert [each.model_dump() for each in move.reasons] == [asdict(each) for each in found.reasons]
    for language in LANGUAGES:
        assert list(letter.reasons[language]) == [
            f"{reason_sentence(each.concept, each.aspect, each.effect, each.facts, language)} "
            f"({effect_words(each.aspect, each.effect, language)})"
            for each in found.reasons
        ]


def test_no_reason_of_a_letter_names_anybody_else(usual: Planned) -> None:
    people = {name for move in usual.report.moves for name in (move.person, move.name) if name}

    for letter in letters(usual.report).letters:
        told = " ".join(" ".join(letter.reasons[language]) for language in LANGUAGES)
        assert not [name for name in people if name in told]


def test_letters_lie_beside_the_plan(usual: Planned) -> None:
    told = json.loads(usual.plan.with_name(LETTERS_FILE).read_text(encoding="utf-8"))

    assert Letters.model_validate(told) == letters(usual.report)


def test_the_proposal_is_there_for_programs_as_in_the_workbook(usual: Planned) -> None:
    told = json.loads(usual.plan.with_name(PROPOSAL_FILE).read_text(encoding="utf-8"))
    rows = next(iter(plan_sheets(usual.report, "id").values())).rows

    assert told
    assert [list(row) for row in told] == [list(MOVES)] * len(rows)
    assert [list(row.values()) for row in told] == [list(row) for row in rows]
