"""A world of patrons: who is chosen follows what no record tells."""

from datetime import date

import numpy as np
import pandas as pd

from mutasi.simulation import Kind, Region, SimulationConfig, behavior, simulate
from mutasi.simulation.arrays import day_number, year_of
from mutasi.simulation.behavior import Candidates, Facts, Pairs
from mutasi.simulation.worlds import NATURES
from tests.mutasi.simulation.conftest import Lived, digest
from tests.mutasi.simulation.two_posts import facts, world

ON = date(2024, 6, 3)
PATRONAGE = NATURES["patronage"]

Regions = dict[Kind, Region]


def test_people_perform_and_answer_under_patrons_as_usual() -> None:
    assert PATRONAGE.match is NATURES["usual"].match
    assert PATRONAGE.motives is NATURES["usual"].motives


def test_patrons_without_confounding_choose_as_anybody() -> None:
    usual = SimulationConfig(employees=300, years=2, seed=3, confounding=0)
    patronage = usual.model_copy(update={"world": "patronage"})

    assert digest(simulate(patronage)) == digest(simulate(usual))


def leaning(kilometres: float, favoured: float, opposed: float, **changes: object) -> float:
    there = world(nature=PATRONAGE, east=np.array([110.0, 110.0 + kilometres / 110.49]), **changes)
    candidate = Candidates(np.array([0]), np.array([1]), np.array([favoured]), np.array([opposed]))
    return float(PATRONAGE.leaning(there, facts(), candidate)[0])


def test_patrons_keep_their_own_near_and_send_rivals_away() -> None:
    assert leaning(2, 1, 0) > leaning(2, 0, 0) > leaning(2, 0, 1)
    assert leaning(30, 0, 1) > leaning(30, 1, 0)


def test_patrons_like_the_middling_near_and_the_able_far_away() -> None:
    able, middling, unable = (np.array([ability]) for ability in (1.0, -0.4, -1.8))

    assert leaning(2, 0, 0, ability=middling) > leaning(2, 0, 0, ability=able)
    assert leaning(2, 0, 0, ability=middling) > leaning(2, 0, 0, ability=unable)
    assert leaning(30, 0, 0, ability=able) > leaning(30, 0, 0, ability=middling)


def test_patrons_know_who_would_say_no() -> None:
    assert leaning(2, 0, 0, stubborn=np.array([1.0])) < leaning(2, 0, 0)
    assert leaning(30, 0, 0, ties=np.array([True])) < leaning(30, 0, 0)


def chosen(region: Region) -> tuple[Facts, Pairs]:
    """Return the people and posts of all offers, with what was true on a day."""
    offers, truth = region.frames["offers"], region.truth
    who = truth.employees.get_indexer(pd.Index(offers["employee_id"])).astype(np.int64)
    post = truth.positions.get_indexer(pd.Index(offers["position_id"])).astype(np.int64)
    known = truth.facts(ON)
    start = np.full(len(who), known.where.day + 30)
    return known, Pairs(who, post, start, np.zeros(len(who), dtype=np.bool_))


def test_hidden_traits_set_the_chosen_apart_more_than_usual(lived: dict[Kind, Lived]) -> None:
    def apart(kind: Kind) -> tuple[float, float, float]:
        """Return how much more than all staff the chosen are close, opposed and willing."""
        chronicle, known = lived[kind].chronicle, lived[kind].region.truth.facts(ON)
        who, offers = chronicle.people, chronicle.offers
        rules = np.array([chronicle.ruling[int(year)] for year in year_of(offers["offered"])])
        chosen = offers["employee"]
        way = behavior.distance(chronicle.world, known, chosen, offers["post"])
        ours, loyalty = who.faction[chosen] == rules, who.loyalty[chosen]
        close, opposed = (ours * loyalty)[way < 10], (~ours * loyalty)[way > 18]
        usual = who.loyalty.mean()
        return (
            float(close.mean() / (usual / 4)),
            float(opposed.mean() / (usual * 3 / 4)),
            float(-who.stubborn[chosen].mean() / who.stubborn.std()),
        )

    close, opposed, willing = apart("patronage")
    usually_close, usually_opposed, usually_willing = apart("usual")

    assert close > usually_close + 0.8
    assert opposed > usually_opposed + 0.5
    assert willing > usually_willing + 0.15


def test_under_patrons_the_able_are_those_who_were_sent_far(regions: Regions) -> None:
    def apart(kind: Kind) -> float:
        known, pairs = chosen(regions[kind])
        hidden = regions[kind].truth.world
        far = behavior.distance(hidden, known, pairs.who, pairs.post) > 14
        ability = hidden.ability[pairs.who]
        return float(ability[far].mean() - ability[~far].mean())

    assert apart("patronage") > 0.2
    assert abs(apart("usual")) < 0.12


def test_under_patrons_a_long_way_seems_to_do_good(regions: Regions) -> None:
    def slopes(kind: Kind) -> tuple[float, float]:
        known, pairs = chosen(regions[kind])
        hidden, middle = regions[kind].truth.world, day_number(2025, 7)
        way = behavior.distance(hidden, known, pairs.who, pairs.post)
        naive = np.polyfit(way, behavior.signal(hidden, known, pairs, middle), 1)[0]
        return float(naive), float(
            np.polyfit(way, behavior.match(hidden, known, pairs, middle), 1)[0]
        )

    naive, true = slopes("patronage")
    usual_naive, usual_true = slopes("usual")

    assert naive - true > 0.006
    assert naive - true > 2 * (usual_naive - usual_true)


def test_choices_follow_patrons_more_as_confounding_grows() -> None:
    def stubbornness(confounding: float) -> float:
        region = simulate(
            SimulationConfig(
                employees=1500, years=4, seed=8, world="patronage", confounding=confounding
            )
        )
        _, pairs = chosen(region)
        return float(region.truth.world.stubborn[pairs.who].mean())

    assert stubbornness(2.0) < stubbornness(0.5) - 0.1
