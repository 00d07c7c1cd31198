"""What is done for and known of people in a year: trainings, assessments, ratings."""

import numpy as np

from mutasi.simulation import appraisal, behavior, untold
from mutasi.simulation.arrays import YEAR, Ints, day_number, where_told
from mutasi.simulation.chronicle import Chronicle
from mutasi.simulation.establishment import RUNG_NAMES
from mutasi.simulation.jobs import STRUCTURAL
from mutasi.vocabulary import FUNCTIONS, Scheme

TRAINED = 0.38
"""Trainings of a person in a year, on average."""

COURSES = (
    ("Bimbingan Teknis", "technical", 24.0),
    ("Pelatihan Teknis", "technical", 40.0),
    ("Pelatihan Fungsional", "functional", 120.0),
    ("Sosialisasi Peraturan", "other", 8.0),
    ("Pelatihan Pelayanan Publik", "other", 16.0),
)
"""Title, kind and length in hours of courses; the first three are about a function."""

LEADERSHIP = {
    "IV": ("Pelatihan Kepemimpinan Pengawas", 900.0),
    "III": ("Pelatihan Kepemimpinan Administrator", 915.0),
    "II": ("Pelatihan Kepemimpinan Nasional Tingkat II", 923.0),
}
"""Leadership courses by rung (*eselon*)."""

BLUR = 0.38
"""Standard deviation of what an assessment gets wrong, in levels."""


def train(region: Chronicle, year: int) -> None:
    """Record the courses of a year."""
    rng, posts = region.rng, region.posts
    held, since, _ = region.postings.holders(len(region.people), day_number(year, 6, 30))
    settled = region.people.appointed < day_number(year)
    who = np.flatnonzero((held >= 0) & settled & region.standing)
    who = np.repeat(who, rng.poisson(TRAINED, len(who)))
    course = rng.choice(len(COURSES), size=len(who), p=(0.35, 0.25, 0.12, 0.2, 0.08))
    function = posts.function[held[who]]
    about = course < 3
    words = np.array(FUNCTIONS, dtype=object)
    titles = np.array([title for title, _, _ in COURSES], dtype=object)[course]
    topic = np.array([f" {name.replace('_', ' ').title()}" for name in FUNCTIONS], dtype=object)
    region.trainings.add(
        len(who),
        employee=who,
        title=np.where(about, titles + topic[function], titles),
        kind=np.array([kind for _, kind, _ in COURSES], dtype=object)[course],
        function=where_told(about, words[function]),
        hours=np.array([hours for _, _, hours in COURSES])[course],
        completed=day_number(year) + rng.integers(25, 350, len(who)),
    )
    for rung, (title, hours) in LEADERSHIP.items():
        mine = [RUNG_NAMES.index(name) for name in STRUCTURAL if name.split(".")[0] == rung]
        leads = (held >= 0) & np.isin(posts.rung[np.maximum(held, 0)], mine)
        fresh = leads & (since < day_number(year, 6, 30)) & (since >= day_number(year - 1, 6, 30))
        chosen = np.flatnonzero(fresh & (rng.random(len(held)) < 0.6))
        region.trainings.add(
            len(chosen),
            employee=chosen,
            title=np.array(title, dtype=object),
            kind=np.array("leadership", dtype=object),
            function=None,
            hours=hours,
            completed=day_number(year, 7) + rng.integers(10, 150, len(chosen)),
        )


def assess(region: Chronicle, year: int) -> None:
    """Assess the competences of those whose turn it is, about every third year.

    Most are never assessed: those who are not willing, and more so as records
    have more gaps.
    """
    rng, posts = region.rng, region.posts
    day = day_number(year, int(rng.integers(3, 11)), 15)
    facts = region.facts(day)
    held = facts.where.post
    gaps = region.config.missingness
    share = untold.assessed(region, np.maximum(held, 0))
    due = (held >= 0) & (region.willing < np.clip(share, 0.02, 1)) & region.standing
    never = region.assessed < 0
    due &= np.where(never, rng.random(len(held)) < 0.4, region.assessed < day - 2.6 * YEAR)
    due |= (held >= 0) & never & (gaps == 0) & region.standing
    who = np.flatnonzero(due)
    post = held[who]
    grown = behavior.GROWTH * np.clip((day - region.world.drawn_on[who]) / YEAR, 0, None)
    true = np.column_stack(
        [
            region.world.competence[who] + grown[:, None],
            behavior.technical(region.world, facts, who, post),
        ]
    )
    seen = np.clip(np.round(true + rng.normal(0, BLUR, true.shape)), 1, 5)
    packed = np.zeros(len(who), dtype=np.int64)
    for column in range(10):
        packed = packed * 8 + seen[:, column].astype(np.int64)
    region.assessments.add(
        len(who),
        employee=who,
        assessed=day + rng.integers(0, 12, len(who)),
        levels=packed,
        technical=seen[:, 9],
        function=posts.function[post],
    )
    region.assessed[who] = day


def unpacked(levels: Ints) -> Ints:
    """Return the ten levels of each assessment from how its log keeps them.

    >>> unpacked(np.array([0o1234512345])).tolist()
    [[1, 2, 3, 4, 5, 1, 2, 3, 4, 5]]
    """
    return np.stack([(levels >> (3 * (9 - column))) & 7 for column in range(10)], axis=1)


def rate(region: Chronicle, year: int) -> None:
    """Rate everyone who is in service at the end of a year.

    A unit's raters are lenient or strict out of habit and in passing; what they
    write down depends on the regulation of the year.
    """
    rng, posts, world = region.rng, region.posts, region.world
    facts = region.facts(day_number(year, 6, 30))
    post, since, eased = region.postings.holders(len(region.people), day_number(year, 12, 31))
    long_enough = region.people.appointed < day_number(year, 7)
    who = np.flatnonzero((post >= 0) & long_enough & region.standing)
    post, since = post[who], since[who]
    pairs = behavior.Pairs(who, post, since, eased[who])
    signal = behavior.signal(world, facts, pairs, day_number(year, 7))
    assert np.isfinite(signal).all(), "everyone who is rated has a home and a post"
    passing = rng.normal(0, appraisal.PASSING, len(posts.units))
    lenient = (appraisal.HABITUAL * region.habit + passing)[posts.unit[post]]
    rating = signal + lenient + rng.normal(0, appraisal.CHANCE, len(who))
    apart = rng.normal(0, 1, (len(who), 2))
    if appraisal.scheme(year) is Scheme.NUMERIC:
        score = appraisal.number(rating)
        results = behaviour = np.zeros(len(who), dtype=np.int64)
        given, worth = appraisal.numeric_predicate(score), score
    else:
        results, behaviour = appraisal.aspects(rating, apart)
        given, worth = appraisal.predicate(results, behaviour), appraisal.value(results, behaviour)
        score = np.full(len(who), np.nan)
    region.scales[year] = (float(worth.mean()), float(worth.std()))
    region.appraisals.add(
        len(who),
        employee=who,
        year=year,
        unit=posts.unit[post],
        score=score,
        results=results,
        behaviour=behaviour,
        predicate=given,
        known=day_number(year + 1, 2) + rng.integers(0, 58, len(who)),
    )
    region.last_rating[who] = rating
