"""Receipts with words: what was kept as numbers and codes, in any language."""

from datetime import UTC, datetime
from typing import Any

from models import receipt, recommendation
from models.receipt import CHANCE_DIGITS, POINT_DIGITS, Content, WhereTo, WhoFor
from mutasi.errors import PositionNotFound
from mutasi.i18n import render
from mutasi.store import receipts
from serving.nouns import Finding, Position, Reason
from serving.receipts.schemas import (
    Blocked,
    Concerned,
    Examined,
    Given,
    Grounds,
    Mention,
    Question,
    Receipt,
    Shown,
    Standing,
    Today,
)
from serving.recommendations.advice_schemas import Lever
from serving.recommendations.schemas import Gain, Performance
from serving.recommendations.wording import interval, rounded
from serving.telling import Teller


def at_of(kept: receipts.Receipt) -> datetime:
    """Return when something was told."""
    return datetime.fromtimestamp(kept.at, UTC)


def mention_of(kept: receipts.Receipt) -> Mention:
    """Return a receipt in a list."""
    question = receipt.read(kept.content).question
    asked = None if isinstance(question, WhereTo) else question.position_id
    return Mention(kept.receipt_id, at_of(kept), question.kind, asked)


def given_of(kept: receipts.Receipt) -> Given:
    """Return a receipt in a list for auditors, readable or not."""
    try:
        content = receipt.read(kept.content)
    except ValueError:
        return Given(kept.receipt_id, at_of(kept), kept.asker, None, None, None, None, False)
    grounds, mention = content.grounds, mention_of(kept)
    return Given(
        receipt_id=kept.receipt_id,
        at=at_of(kept),
        asker=kept.asker,
        kind=mention.kind,
        position_id=mention.position_id,
        as_of=grounds.as_of,
        model_version=None if grounds.model is None else grounds.model.version,
    )


class Told(Teller):
    """Puts what was kept into words.

    Args:
        recommender: What answers now; knows the positions that there are.
        language: Of the words.
    """

    def whole(self, kept: receipts.Receipt, content: Content, *, is_as_written: bool) -> Receipt:
        """Return all of a receipt."""
        answer = content.answer
        return Receipt(
            receipt_id=kept.receipt_id,
            at=at_of(kept),
            asker=kept.asker,
            is_as_written=is_as_written,
            question=_question(content),
            grounds=_grounds(content),
            considered=answer.get("considered"),
            eligible=answer.get("eligible"),
            recommended=[self.shown(one) for one in answer.get("recommended", ())],
            excluded=[self.blocked(one) for one in answer.get("excluded", ())],
            examined=self.examined(content),
        )

    def concerning(
        self, kept: receipts.Receipt, content: Content, nip: str, today: Today | None
    ) -> Concerned:
        """Return what a receipt says of one person."""
        answer = content.answer
        recommended, excluded = (
            [one for one in answer.get(name, ()) if one["employee_id"] == nip]
            for name in ("recommended", "excluded")
        )
        examined = self.examined(content)
        standing = _standing(bool(recommended), bool(excluded), examined is not None)
        facts = {
            "rank": recommended[0]["rank"] if recommended else None,
            "eligible": answer.get("eligible"),
            "considered": answer.get("considered"),
            "as_of": content.grounds.as_of,
        }
        key = f"{standing}_where" if isinstance(content.question, WhereTo) else standing
        return Concerned(
            receipt_id=kept.receipt_id,
            at=at_of(kept),
            as_of=content.grounds.as_of,
            kind=content.question.kind,
            standing=standing,
            standing_sentence=render(f"receipt.standing.{key}", self.language, **facts),
            recommended=[self.shown(one) for one in recommended],
            excluded=[self.blocked(one) for one in excluded],
            examined=examined,
            today=today,
        )

    def today(self, examined: recommendation.Examination, levers: list[Lever] | None) -> Today:
        """Return how a person stands now."""
        return Today(
            as_of=examined.as_of,
            position=self.position(examined.position_id),
            is_eligible=examined.is_eligible,
            findings=[self.finding(one) for one in examined.findings],
            kept=[self.kept(rule, basis) for rule, basis in examined.kept],
            eligible_on=examined.eligible_on,
            levers=levers,
            note=render("lever.note", self.language),
        )

    def shown(self, one: receipt.Told) -> Shown:
        """Return a pair that was recommended."""
        return Shown(
            nip=one["employee_id"],
            position_id=one["position_id"],
            position=self.known(one["position_id"]),
            rank=one["rank"],
            band=one["band"],
            has_evidence=one["has_evidence"],
            performance=interval(Performance, *_three(one, "performance")),
            gain=interval(Gain, *_three(one, "gain")),
            acceptance=rounded(one["acceptance"], CHANCE_DIGITS),
            utility=rounded(one["utility"], POINT_DIGITS),
            score=round(one["score"], POINT_DIGITS),
            reasons=self._reasons(one),
            findings=self._findings(one),
        )

    def blocked(self, one: receipt.Told) -> Blocked:
        """Return a pair that the law blocked."""
        return Blocked(
            nip=one["employee_id"],
            position_id=one["position_id"],
            position=self.known(one["position_id"]),
            findings=self._findings(one),
            eligible_on=receipt.day_of(one["eligible_on"]),
        )

    def examined(self, content: Content) -> Examined | None:
        """Return what every rule said; None of a ranking."""
        one = content.answer
        if "is_eligible" not in one:
            return None
        return Examined(
            nip=one["employee_id"],
            position_id=one["position_id"],
            position=self.known(one["position_id"]),
            is_eligible=one["is_eligible"],
            findings=self._findings(one),
            kept=one["kept"],
            eligible_on=receipt.day_of(one["eligible_on"]),
        )

    def known(self, position_id: str) -> Position | None:
        """Return a position; None if there is none any more."""
        try:
            return self.position(position_id)
        except PositionNotFound:
            return None

    def _findings(self, one: receipt.Told) -> list[Finding]:
        return [self.finding(each) for each in receipt.findings_of(one["findings"])]

    def _reasons(self, one: receipt.Told) -> list[Reason]:
        return [self.reason(each) for each in receipt.reasons_of(one["reasons"])]


def _standing(is_recommended: bool, is_blocked: bool, is_examined: bool) -> Standing:
    if is_examined:
        return "examined"
    if is_recommended:
        return "recommended"
    return "blocked" if is_blocked else "not_shown"


def _three(one: receipt.Told, name: str) -> tuple[Any, Any, Any]:
    return one[name], one[f"{name}_low"], one[f"{name}_high"]


def _question(content: Content) -> Question:
    asked = content.question
    return Question(
        kind=asked.kind,
        position_id=None if isinstance(asked, WhereTo) else asked.position_id,
        nip=None if isinstance(asked, WhoFor) else asked.employee_id,
        limit=getattr(asked, "limit", None),
        own_request=getattr(asked, "is_own_request", False),
        is_whole_region=not isinstance(asked, WhoFor) or asked.reach.is_whole,
    )


def _grounds(content: Content) -> Grounds:
    grounds = content.grounds
    model = grounds.model
    return Grounds(
        as_of=grounds.as_of,
        model_version=None if model is None else model.version,
        model_digest=None if model is None else model.digest,
        model_alias=None if model is None else model.alias,
        rules_version=grounds.rules,
        records=dict(grounds.records),
    )
