"""What the heads of a model say of pairs: predictions, their worth, their reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from features import FEATURES, Concept
from features.sets import EVIDENCE
from models.artifact import Head
from models.baseline import PROFILE, profile_parts, profile_score
from models.conformal import scheme_on
from models.explanation import Aspect, Reason, reasons
from models.learner import DRAWS, Floats, probability
from models.utility import REFUSED, utility

LEAST_WORTH = 0.3
"""What a reason must do to the utility to be worth telling, in T points."""

REASONS_FOR = 3
REASONS_AGAINST = 2
"""How many reasons are given for and against a recommendation."""

GAIN_QUANTILE = 1.645
"""Standard errors from the middle to either end of a 90% interval."""

SEED = 20220328
"""Where the draws of persons and posts start; any number would do, as long as it stays."""

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Names = tuple[str, ...]


@dataclass(frozen=True)
class Scores:
    """Predictions of pairs, one value each; None where no head is at hand.

    Attributes:
        performance: The rating to be expected after the move, T points.
        acceptance: Chance that an offer is accepted.
        value: Performance as far as it is no leniency of raters, or the transparent
            score in its place.
        utility: What ranks.
        has_evidence: Whether such people were ever proposed for such posts, so that
            the past can speak of the pair at all.
    """

    performance: Floats | None
    acceptance: Floats | None
    value: Floats
    utility: Floats
    has_evidence: Mask

    def at(self, rows: Ints) -> "Scores":
        """Return the predictions of some rows."""
        return Scores(
            None if self.performance is None else self.performance[rows],
            None if self.acceptance is None else self.acceptance[rows],
            self.value[rows],
            self.utility[rows],
            self.has_evidence[rows],
        )

    def best(self, limit: int) -> Ints:
        """Return the rows to show, best first; those without evidence come after the others."""
        return np.lexsort((-self.utility, ~self.has_evidence))[:limit].astype(np.int64)


@dataclass(frozen=True)
class Gains:
    """What a move is expected to change, against staying; T points, one value a pair.

    Attributes:
        gain: Performance after the move minus performance in the present post, the
            leniency of raters taken out; NaN for who holds no post.
        low: Lower end of its 90% interval.
        high: Upper end.
    """

    gain: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Parts:
    """What one prediction of pairs is made of.

    Attributes:
        aspect: The prediction.
        columns: The features that it is made from, in order.
        contributions: What each adds to each pair's raw score, the base last; shape
            ``(pairs, features + 1)``.
        matrix: The features themselves; shape ``(pairs, features)``.
    """

    aspect: Aspect
    columns: Names
    contributions: Floats
    matrix: Floats


class Scorer:
    """Scores rows of features with the heads at hand.

    Args:
        heads: The heads by name; none leave the transparent score.

    Attributes:
        names: The features that a row must have, in order.

    Raises:
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """

    def __init__(self, heads: Mapping[str, Head]) -> None:
        self.performance = heads.get("performance")
        self.acceptance = heads.get("acceptance")
        self.proposal = heads.get("proposal")
        for head in heads.values():
            head.require(tuple(FEATURES))
        wanted = [name for head in heads.values() for name in head.columns]
        self.names: Names = tuple(dict.fromkeys([*wanted, *PROFILE, *EVIDENCE]))
        self._places: dict[Names, Ints] = {}

    def scores(self, matrix: Floats) -> Scores:
        """Return the predictions of rows of :attr:`names`."""
        return self._judged(matrix, *self._expected(matrix))

    def best(self, matrix: Floats, limit: int) -> tuple[Ints, Scores]:
        """Return the rows to show, best first, as :meth:`Scores.best` does, and their predictions.

        The chance of acceptance, and whether the past can speak of the pair, are asked of
        those alone who can still be among them: no chance makes a placement worth more
        than its performance, or a refusal.
        """
        performance, value = self._expected(matrix)
        most = value if self.acceptance is None else np.maximum(value, REFUSED)
        order = np.argsort(-most, kind="stable")
        asked = 2 * limit
        while True:
            rows = np.sort(order[:asked])
            rated = None if performance is None else performance[rows]
            scores = self._judged(matrix[rows], rated, value[rows])
            best = scores.best(limit)
            scores = scores.at(best)
            is_sure = len(best) == limit and scores.has_evidence.all()
            needed = int((most >= scores.utility[-1]).sum()) if is_sure else len(most)
            if needed <= asked:
                return rows[best], scores
            asked = needed

    def _expected(self, matrix: Floats) -> tuple[Floats | None, Floats]:
        """Return the rating of each row, None without a head, and what of it is of value."""
        if self.performance is None:
            return None, self.profile(matrix)
        read = self.columns(matrix, self.performance.columns)
        value = self.performance.net(read)
        return self.performance.rated(value, read), value

    def _judged(self, matrix: Floats, performance: Floats | None, value: Floats) -> Scores:
        """Return the predictions of rows whose performance is known."""
        evidence = self._has_evidence(matrix)
        if self.acceptance is None:
            return Scores(performance, None, value, value, evidence)
        chance = self.acceptance.chance(self.columns(matrix, self.acceptance.columns))
        return Scores(performance, chance, value, utility(value, chance), evidence)

    def profile(self, matrix: Floats) -> Floats:
        """Return the transparent score of each row, 0 to 100."""
        return profile_score(self.columns(matrix, PROFILE))

    def half_width(self, matrix: Floats, on: np.datetime64) -> Floats:
        """Return half the width of each 90% interval of the rating after a move on a day."""
        facts = self.performance.facts if self.performance else None
        if facts is None or facts.widths is None:
            return np.zeros(len(matrix))
        evidence = self.columns(matrix, ("person_record_error",))[:, 0]
        return facts.widths.of(evidence, scheme_on(np.array([on]))[0])

    def gains(self, matrix: Floats, staying: Floats, holds: Mask) -> Gains:
        """Return what moves are expected to change.

        Args:
            matrix: Rows of the pairs.
            staying: Rows of the same people with their present posts.
            holds: Who holds a post.
        """
        assert self.performance is not None, "gains need a performance head"
        read = [self.columns(each, self.performance.columns) for each in (matrix, staying)]
        then, now = (self.performance.net(each) for each in read)
        drawn = self.performance.sampled(read[0]) - self.performance.sampled(read[1])
        error = np.hypot(drawn.std(axis=1), self.between_posts(matrix, staying))
        gain = np.where(holds, then - now, np.nan)
        return Gains(gain, gain - GAIN_QUANTILE * error, gain + GAIN_QUANTILE * error)

    def between_posts(self, matrix: Floats, other: Floats) -> Floats:
        """Return the standard error of what one has more in one post than in another.

        It is what the records leave open of both posts and of the matches with them,
        beside what has been learned.

        Args:
            matrix: Rows of the pairs.
            other: Rows of the same people with other posts.
        """
        of_post = [self.columns(each, ("post_record_error",))[:, 0] for each in (matrix, other)]
        match = self.columns(matrix, ("match_deviation",))[:, 0]
        return np.asarray(np.sqrt(of_post[0] ** 2 + of_post[1] ** 2 + 2.0 * match**2))

    def utilities(self, matrix: Floats, employees: Ints, positions: Ints) -> Floats:
        """Return the utility of each row as the past might as well have taught it.

        Args:
            matrix: The rows.
            employees: The person of each; a person is as good in all their rows.
            positions: The position of each; what is not known of it is the same in all.

        Returns:
            Shape ``(rows, models.learner.DRAWS)``.
        """
        acceptance = None
        if self.acceptance is not None:
            read = self.columns(matrix, self.acceptance.columns)
            acceptance = probability(self.acceptance.sampled(read))
        if self.performance is None:
            value = np.repeat(self.profile(matrix)[:, None], DRAWS, axis=1)
        else:
            value = self.performance.sampled(self.columns(matrix, self.performance.columns))
            value += self._unknown(matrix, employees, positions)
        return utility(value, acceptance)

    def _unknown(self, matrix: Floats, employees: Ints, positions: Ints) -> Floats:
        """Return draws of what is not known of the persons, the posts and their matches."""
        random = np.random.default_rng(SEED)
        person, post, match = self.columns(matrix, EVIDENCE).T
        of_person, who = np.unique(employees, return_inverse=True)
        of_post, where = np.unique(positions, return_inverse=True)
        persons = random.normal(size=(len(of_person), DRAWS))[who]
        posts = random.normal(size=(len(of_post), DRAWS))[where]
        matches = random.normal(size=(len(matrix), DRAWS))
        drawn = person[:, None] * persons + post[:, None] * posts + match[:, None] * matches
        return np.asarray(np.nan_to_num(drawn))

    def _has_evidence(self, matrix: Floats) -> Mask:
        """Return for which rows somebody alike was ever proposed."""
        head = self.proposal
        if head is None or head.facts.least is None:
            return np.ones(len(matrix), dtype=bool)
        return np.asarray(head.raw(self.columns(matrix, head.columns)) >= head.facts.least)

    def reasons(
        self, functions: Sequence[str | None], matrix: Floats, scores: Scores
    ) -> list[tuple[Reason, ...]]:
        """Return the strongest reasons of each row, by what they do to the utility.

        Args:
            functions: The function of government of each row's position.
            matrix: The rows.
            scores: Their predictions.
        """
        told: list[list[tuple[float, Reason]]] = [[] for _ in functions]
        for part in self.parts(matrix):
            worth = _worth(part.aspect, scores)
            found = reasons(
                *(part.aspect, part.columns, part.contributions, part.matrix, functions),
                worth=worth,
                least=LEAST_WORTH,
            )
            for row, group in enumerate(found):
                told[row] += [
                    (reason.effect * worth[row], reason)
                    for reason in group
                    if reason.concept != Concept.LENIENCY  # in the rating, never in the rank
                ]
        return [_strongest(group) for group in told]

    def parts(self, matrix: Floats) -> Iterator[Parts]:
        """Yield what each prediction of rows of :attr:`names` is made of.

        The transparent score is among them where it stands in for a performance head.
        """
        if self.performance is None:
            read = self.columns(matrix, PROFILE)
            yield Parts(Aspect.PROFILE, PROFILE, profile_parts(read), read)
        for aspect, head in self.heads.items():
            read = self.columns(matrix, head.columns)
            yield Parts(aspect, head.columns, head.contributions(read), read)

    @property
    def heads(self) -> dict[Aspect, Head]:
        """The heads at hand, by what they predict."""
        heads = {Aspect.PERFORMANCE: self.performance, Aspect.ACCEPTANCE: self.acceptance}
        return {aspect: head for aspect, head in heads.items() if head is not None}

    def columns(self, matrix: Floats, names: Names) -> Floats:
        """Return some of the features of rows of :attr:`names`."""
        if names not in self._places:
            self._places[names] = np.array([self.names.index(name) for name in names])
        return matrix[:, self._places[names]]


def _worth(aspect: Aspect, scores: Scores) -> Floats:
    """Return what one unit of an aspect's effect does to the utility of each pair."""
    if aspect is Aspect.ACCEPTANCE:
        return np.asarray((scores.value - REFUSED) / 100.0)
    return np.ones(len(scores.value)) if scores.acceptance is None else scores.acceptance


def _strongest(told: list[tuple[float, Reason]]) -> tuple[Reason, ...]:
    ordered = [reason for _, reason in sorted(told, key=lambda pair: -abs(pair[0]))]
    speaking_for = [reason for reason in ordered if reason.effect > 0][:REASONS_FOR]
    against = [reason for reason in ordered if reason.effect < 0][:REASONS_AGAINST]
    return (*speaking_for, *against)
