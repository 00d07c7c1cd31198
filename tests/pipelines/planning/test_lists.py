"""Lists that agree with a plan: by worth after prices, not everybody goes to the same post."""

import json
from collections import Counter

import numpy as np
import pytest

from mutasi.errors import DemandUnknown, PlanUnreadable
from mutasi.i18n import LANGUAGES, render
from mutasi.planning.plan import problem_of
from mutasi.settings import Settings
from pipelines.planning.job import Planned
from pipelines.planning.lists import Priced, read
from pipelines.planning.page import plan_page
from pipelines.train import Trained
from tests.pipelines.conftest import Run
from tests.pipelines.planning.conftest import Ask


@pytest.fixture(scope="module")
def found(usual: Planned) -> Priced:
    return read(usual.plan)


def test_where_a_plan_sends_a_person_is_first_of_their_list(usual: Planned, found: Priced) -> None:
    for move in usual.report.moves:
        first = found.of_person(move.person)[0]
        assert first.post == move.to.post
        assert first.is_planned
        assert first.behind == pytest.approx(0.0, abs=1e-6)


def test_whom_a_plan_sends_is_first_of_the_list_of_the_post(usual: Planned, found: Priced) -> None:
    sent = Counter(move.to.post for move in usual.report.moves)
    for post, count in sent.items():
        firsts = found.of_post(post)[:count]
        assert all(each.is_planned for each in firsts)


def test_what_is_left_is_the_worth_after_the_price(found: Priced, usual: Planned) -> None:
    for each in found.of_post(usual.report.moves[0].to.post):
        assert each.left == pytest.approx(each.worth - each.price)
        assert each.behind >= -1e-9


def test_with_prices_fewer_lists_have_the_same_first(usual: Planned) -> None:
    alone, priced, of_people, after = usual.report.crowds

    assert alone.lists == priced.lists
    assert priced.firsts > alone.firsts
    assert priced.effective > alone.effective
    assert priced.most < alone.most
    assert after.most < of_people.most
    assert after.lists <= of_people.lists
    for crowd in usual.report.crowds:
        assert 1 <= crowd.effective <= crowd.firsts <= crowd.lists


def test_a_plan_with_any_demands_has_its_lists(ask: Ask) -> None:
    planned = ask(limits={"moves": 5, "depth": 2, "budget": 400, "per_move": 10})
    lists = read(planned.plan)

    moved = {move.person: move.to.post for move in planned.report.moves}
    planned_of = {
        person: [each.post for each in lists.of_person(person) if each.is_planned]
        for person in moved
    }

    assert moved
    assert planned_of == {person: [post] for person, post in moved.items()}


def test_the_question_of_a_file_is_that_of_the_plan(usual: Planned) -> None:
    content = json.loads(usual.plan.read_text(encoding="utf-8"))
    problem = problem_of(content)

    assert int(problem.worth[np.array(content["moves"]["pair"])].sum()) == content["value"]
    assert [each.kind for each in problem.demands] == [each["kind"] for each in content["demands"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_printed_for_a_person_and_for_a_post(
    language: str, usual: Planned, trained: tuple[Settings, Trained], run: Run
) -> None:
    move = usual.report.moves[0]
    home = ("--home", str(trained[0].home), "plan", "list", str(usual.plan))

    code, told, err = run(*home, "--person", move.person, "--lang", language)
    also, listed, _ = run(*home, "--vacancy", move.to.post, "--json", "--limit", "3")

    assert (code, also) == (0, 0), err
    assert move.to.title in told
    assert render("plan.column_left", language) in told
    assert json.loads(listed)[0]["is_planned"]
    assert len(json.loads(listed)) <= 3
    for crowd in usual.report.crowds:
        words = render(f"plan.crowd.{crowd.name}", language, **dict(crowd))
        assert words in plan_page(usual.report, language)


def test_one_list_at_a_time_of_what_there_is(found: Priced, usual: Planned, run: Run) -> None:
    with pytest.raises(DemandUnknown):
        found.of_person("1")
    with pytest.raises(DemandUnknown):
        found.of_post("X")
    with pytest.raises(PlanUnreadable):
        read(usual.plan.parent)

    assert run("plan", "list", str(usual.plan))[0] == 2
