"""What gaps cost the predictions: a kind of record is taken away, and the answers compared.

For vacancies with the candidates whom the law allows, every candidate who has a
kind of record is scored with it and without it, while everybody else keeps
theirs: people are taken in two halves, so that what a population gives (means
of a year, colleagues of a rater) stays.  A kind that belongs to posts is taken
from the vacant post.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from features import prepare
from models.artifact import Artifact
from models.examples import Progress
from models.intervals import resampled
from models.learner import Floats
from models.scoring import Scorer, Scores
from mutasi.quality import Records
from mutasi.quality.career import career_from_its_beginning as career
from mutasi.rules import RULES, Case, judge, post
from mutasi.snapshot import Snapshot
from mutasi.vocabulary import COMPETENCIES
from pipelines.pages.figure import Figure
from pipelines.quality.schema import Cost, KindCost, Place

Mask = NDArray[np.bool_]
Ints = NDArray[np.int64]
Drawn = Literal["open", "recent"]

VACANCIES = 40
"""How many vacancies are drawn."""

SHOWN = 10
"""Names at the top of a list that are looked at."""

SMALLEST = 11
"""Candidates below which the first ten are no choice."""

LEAST_PEOPLE = 10
"""People in service below which an office's share says nothing."""

DRAWS = 1000

OF_PERSONS = [rule for rule in RULES if rule is not post.post_open]
"""Rules that choose candidates; whether the post is open has been settled."""


@dataclass(frozen=True)
class Kind:
    """A kind of record that may be missing.

    Attributes:
        table: Where it is.
        fields: The fields that are emptied; none: whole records go.
        reference: What the records are of, as the table codes it.
        past_only: Only what has ended goes.
        gap: Whether to have none is a gap: ``none``, it always is; ``career``, where
            the career on record begins late; None, it cannot be told from never
            having had any.
    """

    table: str
    fields: tuple[str, ...] = ()
    reference: str = "employee"
    past_only: bool = False
    gap: Literal["none", "career"] | None = "none"

    @property
    def is_of_posts(self) -> bool:
        """Whether it belongs to posts and not to people."""
        return self.reference != "employee"

    def held(self, records: Records) -> Mask:
        """Return which people, or positions, have it."""
        table = records.table(self.table)
        kept = np.ones(len(table), dtype=bool)
        if self.fields:
            kept = table[list(self.fields)].notna().any(axis=1).to_numpy(bool)
        if self.past_only:
            kept &= table["ended_on"].notna().to_numpy(bool)
        if self.table == "positions":
            return kept
        if self.table == "units":
            return np.append(kept, False)[records.codes("positions", "unit")]
        code = records.codes(self.table, self.reference)[kept]
        count = len(records.table("positions" if self.is_of_posts else "employees"))
        return np.bincount(code[code >= 0], minlength=count) > 0

    def lacking(self, records: Records) -> Mask | None:
        """Return whose lack of it is a gap; None where that cannot be told."""
        if self.gap is None:
            return None
        return ~self.held(records) if self.gap == "none" else career(records).faulty

    def without(self, snapshot: Snapshot, taken: Mask) -> Snapshot:
        """Return a snapshot in which some people, or positions, lack it."""
        table = snapshot.tables[self.table]
        if self.table == "positions":
            rows = taken
        elif self.table == "units":
            unit = snapshot.tables["positions"]["unit"].to_numpy()[taken]
            rows = np.isin(np.arange(len(table)), unit)
        else:
            rows = np.append(taken, False)[table[self.reference].to_numpy()]
        if self.past_only:
            rows = rows & table["ended_on"].notna().to_numpy(bool)
        if self.fields:
            blank = table.assign(**{name: table[name].mask(rows) for name in self.fields})
        else:
            blank = table[~rows].reset_index(drop=True)
        return Snapshot(snapshot.as_of, {**snapshot.tables, self.table: blank})


KINDS: Mapping[str, Kind] = {
    "appraisals": Kind("appraisals"),
    "raters": Kind("appraisals", ("rater",)),
    "careers": Kind("postings", past_only=True, gap="career"),
    "grades": Kind("grades"),
    "educations": Kind("educations"),
    "fields": Kind("educations", ("field",)),
    "trainings": Kind("trainings", gap=None),
    "assessments": Kind("assessments"),
    "homes": Kind("residences", ("place", "latitude", "longitude")),
    "answers": Kind("offers", ("answer",), gap=None),
    "moves": Kind("transfers", gap="career"),
    "standards": Kind("positions", (*COMPETENCIES, "technical"), "position"),
    "places": Kind("units", ("place", "latitude", "longitude"), "unit"),
    "functions": Kind("units", ("function",), "unit"),
    "needs": Kind("needs", (), "position"),
}
"""Kinds of record, by name."""


@dataclass(frozen=True)
class Pool:
    """One vacancy with the candidates whom the law allows."""

    position: int
    candidates: Ints


def cost(
    records: Records, artifact: Artifact, progress: Progress, seed: int = 0, draws: int = DRAWS
) -> Cost | None:
    """Return what each kind of record is worth; None if there is no vacancy to ask.

    Args:
        records: The records.
        artifact: The model that predicts.
        progress: Told after each kind.
        seed: Which vacancies are drawn, and who loses a record first.
        draws: Bootstrap draws of vacancies behind each interval.

    Raises:
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """
    scorer = Scorer(artifact.heads)
    random = np.random.default_rng(seed)
    drawn, pools = _drawn(records, random)
    if not pools:
        return None
    half = random.random(len(records.serves)) < 0.5
    whole = [*_scored(records.snapshot, scorer, pools)]
    found = []
    for done, (name, kind) in enumerate(KINDS.items()):
        bare = _without(records, kind, scorer, pools, half)
        found.append(_kind_cost(name, kind, records, pools, (whole, bare), draws))
        progress("quality_cost", done + 1, len(KINDS))
    return Cost(
        model=artifact.manifest.version,
        vacancies=len(pools),
        drawn=drawn,
        candidates=float(np.mean([len(pool.candidates) for pool in pools])),
        draws=draws,
        kinds=tuple(sorted(found, key=_by_worth)),
    )


def _drawn(records: Records, random: np.random.Generator) -> tuple[Drawn, list[Pool]]:
    """Return vacancies drawn from the open posts, or else from those moved to of late."""
    posts = records.posts
    wanted: Ints = np.flatnonzero(posts["open"] > 0)
    drawn: Drawn = "open"
    if not len(wanted):
        moves = records.table("transfers").sort_values("started_on")["position"]
        latest = moves[moves >= 0].drop_duplicates(keep="last")[-5 * VACANCIES :]
        wanted = np.array(latest, dtype=np.int64)
        drawn = "recent"
    pools: list[Pool] = []
    for position in random.permutation(wanted):
        staff = np.flatnonzero(
            records.serves & (records.people["employee_region"] == posts["region"][position])
        )
        pairs = records.snapshot.pairs(staff, int(position))
        verdict = judge(OF_PERSONS, Case(records.on, pairs.count, pairs.column))
        candidates = staff[verdict.eligible]
        if len(candidates) >= SMALLEST:
            pools.append(Pool(int(position), candidates))
        if len(pools) == VACANCIES:
            break
    return drawn, pools


def _scored(
    snapshot: Snapshot, scorer: Scorer, pools: Sequence[Pool], who: Mask | None = None
) -> Iterator[Scores]:
    """Yield predictions for the candidates of each vacancy, or for some of them."""
    prepared = prepare(snapshot)
    for pool in pools:
        rows = pool.candidates if who is None else pool.candidates[who[pool.candidates]]
        yield scorer.scores(prepared.pairs(scorer.names, rows, pool.position))


def _without(
    records: Records, kind: Kind, scorer: Scorer, pools: Sequence[Pool], half: Mask
) -> list[Scores]:
    """Return predictions for the candidates of each vacancy, each of them without a record."""
    if kind.is_of_posts:
        vacant = np.zeros(len(records.table("positions")), dtype=bool)
        vacant[[pool.position for pool in pools]] = True
        return [*_scored(kind.without(records.snapshot, vacant), scorer, pools)]
    halves = [
        _scored(kind.without(records.snapshot, taken), scorer, pools, taken)
        for taken in (half, ~half)
    ]
    return [
        _joined(half[pool.candidates], first, second)
        for pool, first, second in zip(pools, *halves, strict=True)
    ]


def _joined(in_first: Mask, first: Scores, second: Scores) -> Scores:
    """Return the predictions of two parts of some candidates, in their order."""

    def joined(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        found = np.empty(len(in_first), one.dtype)
        found[in_first], found[~in_first] = one, other
        return found

    def head(one: Floats | None, other: Floats | None) -> Floats | None:
        return None if one is None or other is None else joined(one, other)

    return Scores(
        head(first.performance, second.performance),
        head(first.acceptance, second.acceptance),
        joined(first.value, second.value),
        joined(first.utility, second.utility),
        joined(first.has_evidence, second.has_evidence),
    )


def _kind_cost(
    name: str,
    kind: Kind,
    records: Records,
    pools: Sequence[Pool],
    scores: tuple[Sequence[Scores], Sequence[Scores]],
    draws: int,
) -> KindCost:
    held, lacking = kind.held(records), kind.lacking(records)
    used = records.in_use("positions" if kind.is_of_posts else "employees")
    missing = None if lacking is None else _share(lacking, used)
    rows, pairs = [], 0
    for pool, whole, bare in zip(pools, *scores, strict=True):
        alike = np.full(len(pool.candidates), pool.position)
        has = held[alike if kind.is_of_posts else pool.candidates]
        if has.any():
            pairs += int(has.sum())
            rows.append(
                (
                    _change(whole.performance, bare.performance, has),
                    _change(whole.acceptance, bare.acceptance, has),
                    _replaced(whole.utility, bare.utility),
                )
            )
    performance, acceptance, replaced = _figures(rows, draws)
    return KindCost(
        kind=name,
        of="positions" if kind.is_of_posts else "employees",
        without=_share(~held, used),
        missing=missing,
        offices=()
        if lacking is None
        else _extremes(records, lacking, used, of_posts=kind.is_of_posts),
        pairs=pairs,
        performance=performance,
        acceptance=acceptance,
        replaced=replaced,
        performance_today=_times(performance, missing),
        acceptance_today=_times(acceptance, missing),
    )


def _change(whole: Floats | None, bare: Floats | None, has: Mask) -> float:
    """Return the mean change, whichever way, of those who have the record; NaN without a head."""
    if whole is None or bare is None:
        return float("nan")
    return float(np.abs(whole - bare)[has].mean())


def _replaced(whole: Floats, bare: Floats) -> float:
    """Return the share of the first names of one ranking that are not in the other's."""
    first, then = (np.argsort(-worth, kind="stable")[:SHOWN] for worth in (whole, bare))
    return 1 - len(np.intersect1d(first, then)) / SHOWN


def _figures(rows: Sequence[tuple[float, ...]], draws: int) -> list[Figure | None]:
    """Return the mean of each column over vacancies, with its interval; None where unknown."""
    if not rows:
        return [None, None, None]
    found = resampled(lambda values: values.mean(axis=0), np.array(rows), draws=draws)
    figures = [Figure.of(found.interval(place)) for place in range(found.values.size)]
    return [None if each.value is None else each for each in figures]


def _share(mask: Mask, used: Mask) -> float:
    return float(mask[used].mean()) if used.any() else 0.0


def _times(figure: Figure | None, share: float | None) -> Figure | None:
    if figure is None or share is None:
        return None
    ends = (figure.value, figure.low, figure.high)
    value, low, high = (None if end is None else end * share for end in ends)
    return Figure(value=value, low=low, high=high)


def _extremes(records: Records, lacking: Mask, used: Mask, *, of_posts: bool) -> tuple[Place, ...]:
    """Return the offices with the lowest and the highest share of who lacks a record."""
    unit = records.unit_of("positions" if of_posts else "employees")
    office = np.append(records.offices, -1)[unit]
    known = used & (office >= 0)
    count = np.bincount(office[known], minlength=len(records.offices))
    missing = np.bincount(office[known & lacking], minlength=len(records.offices))
    large = np.flatnonzero(count >= LEAST_PEOPLE)
    if not len(large):
        return ()
    share = missing[large] / count[large]
    names = records.texts("units", "name")[large]
    return tuple(
        Place(name=str(names[place]), share=float(share[place]))
        for place in (int(np.argmin(share)), int(np.argmax(share)))
    )


def _by_worth(found: KindCost) -> float:
    return -(found.replaced.value or 0.0) if found.replaced is not None else 1.0
