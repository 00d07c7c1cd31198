"""What letters need is there for every move, in both languages."""

import json

from mutasi.i18n import LANGUAGES
from pipelines.planning.export import MOVES, plan_sheets
from pipelines.planning.job import LETTERS_FILE, PROPOSAL_FILE, Planned
from pipelines.planning.letters import Letters, letters


def test_every_move_has_its_letter_in_both_languages(usual: Planned) -> None:
    found = letters(usual.report).letters

    assert [each.person for each in found] == [move.person for move in usual.report.moves]
    for letter, move in zip(found, usual.report.moves, strict=True):
        assert (letter.origin, letter.to, letter.until) == (move.origin, move.to, move.until)
        for part in (letter.reasons, letter.support, letter.rights):
            assert set(part) == set(LANGUAGES)
        assert len(letter.reasons["id"]) == len(letter.reasons["en"])
        assert letter.reasons["id"] != letter.reasons["en"] or not letter.reasons["id"]
        assert len(letter.support["id"]) == (2 if move.gain is None else 3)
        assert "27/2022" in "".join(letter.rights["en"])


def test_letters_lie_beside_the_plan(usual: Planned) -> None:
    told = json.loads(usual.plan.with_name(LETTERS_FILE).read_text(encoding="utf-8"))

    assert Letters.model_validate(told) == letters(usual.report)


def test_the_proposal_is_there_for_programs_as_in_the_workbook(usual: Planned) -> None:
    told = json.loads(usual.plan.with_name(PROPOSAL_FILE).read_text(encoding="utf-8"))
    rows = next(iter(plan_sheets(usual.report, "id").values())).rows

    assert told
    assert [list(row) for row in told] == [list(MOVES)] * len(rows)
    assert [list(row.values()) for row in told] == [list(row) for row in rows]
