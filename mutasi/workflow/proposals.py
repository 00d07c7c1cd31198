"""The course of a proposal (*usulan*), from the draft to the move and to what may follow.

The units that give and receive agree in any order (Peraturan BKN 5/2019 Ps 2–3); where
the move crosses governments an authority outside consents (PP 11/2017 Ps 191–194); the
appointing officer decides (Ps 190), and the employee is asked.  Refusing is no veto: the
officer may order the move, and the employee may object (PP 79/2021; UU 27/2022 Ps 10).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from mutasi.workflow.deadlines import last_objection_day
from mutasi.workflow.offices import Office
from mutasi.workflow.steps import Step, open_steps, step_of


class State(StrEnum):
    """Where a proposal stands."""

    PROPOSED = "proposed"
    RELEASED = "released"
    """The giving unit agrees."""

    WELCOMED = "welcomed"
    """The receiving unit agrees."""

    REFERRED = "referred"
    """Both agree; an authority outside has to consent."""

    APPROVED = "approved"
    DECIDED = "decided"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    ORDERED = "ordered"
    """The officer wants the move although the employee did not accept."""

    OBJECTED = "objected"
    EXECUTED = "executed"
    LENT = "lent"
    """Executed for a time: the post that was left is kept."""

    CONTESTED = "contested"
    """Executed, and objected to."""

    REJECTED = "rejected"
    OVERRIDDEN = "overridden"
    WITHDRAWN = "withdrawn"
    ANNULLED = "annulled"
    """An objection before the move was upheld."""

    REVERSED = "reversed"
    """An objection after the move was upheld."""

    ENDED = "ended"
    EXPIRED = "expired"
    """The last day of a temporary assignment is over; no act leads here, the day does."""


class Act(StrEnum):
    """What is done about a proposal."""

    PROPOSE = "propose"
    APPROVE_GIVING = "approve_giving"
    REJECT_GIVING = "reject_giving"
    APPROVE_RECEIVING = "approve_receiving"
    REJECT_RECEIVING = "reject_receiving"
    CONSENT = "consent"
    DENY = "deny"
    DECIDE = "decide"
    OVERRIDE = "override"
    OFFER = "offer"
    ACCEPT = "accept"
    REFUSE = "refuse"
    ORDER = "order"
    EXECUTE = "execute"
    EXTEND = "extend"
    END = "end"
    OBJECT = "object"
    TAKE_BACK = "take_back"
    UPHOLD = "uphold"
    DISMISS = "dismiss"
    WITHDRAW = "withdraw"
    ASSESS = "assess"
    """What came of the move is told; the state stays."""


GOING: Final = frozenset(
    {
        State.PROPOSED,
        State.RELEASED,
        State.WELCOMED,
        State.REFERRED,
        State.APPROVED,
        State.DECIDED,
        State.OFFERED,
        State.ACCEPTED,
        State.REFUSED,
        State.ORDERED,
        State.OBJECTED,
    }
)
"""States that lead to a move: an employee has one such proposal at a time."""


@dataclass(frozen=True)
class Stand:
    """Where a proposal stands, as far as its next step depends on it.

    Attributes:
        since: The day of the step that led to the present state.
        visited: States that it was in.
        is_outside: Whether an authority outside the government has to consent.
        answer_by: The last day for the answer to the offer.
        begun_on: First day in the new post.
        until: Last day of a temporary assignment; None for a move.
    """

    since: date
    visited: frozenset[State] = frozenset()
    is_outside: bool = False
    answer_by: date | None = None
    begun_on: date | None = None
    until: date | None = None


LASTING: Final = frozenset({Act.EXTEND, Act.ASSESS})
"""Acts that leave a proposal in the state in which it was."""


def _within(stand: Stand) -> bool:
    return not stand.is_outside


def _outside(stand: Stand) -> bool:
    return stand.is_outside


def _lasting(stand: Stand) -> bool:
    return stand.until is None


def _lent(stand: Stand) -> bool:
    return stand.until is not None


def _not_objected(stand: Stand) -> bool:
    return State.OBJECTED not in stand.visited


def _not_contested(stand: Stand) -> bool:
    return State.CONTESTED not in stand.visited


def _answer_by(stand: Stand) -> date | None:
    return stand.answer_by


def _objection_by(stand: Stand) -> date:
    return last_objection_day(stand.since)


def _until(stand: Stand) -> date | None:
    return stand.until


S, A, By = State, Act, Office
TABLE: Final[tuple[Step[Stand], ...]] = (
    Step(S.PROPOSED, A.APPROVE_GIVING, S.RELEASED, By.GIVING),
    Step(S.PROPOSED, A.REJECT_GIVING, S.REJECTED, By.GIVING),
    Step(S.PROPOSED, A.APPROVE_RECEIVING, S.WELCOMED, By.RECEIVING),
    Step(S.PROPOSED, A.REJECT_RECEIVING, S.REJECTED, By.RECEIVING),
    Step(S.PROPOSED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.RELEASED, A.APPROVE_RECEIVING, S.APPROVED, By.RECEIVING, when=_within),
    Step(S.RELEASED, A.APPROVE_RECEIVING, S.REFERRED, By.RECEIVING, when=_outside),
    Step(S.RELEASED, A.REJECT_RECEIVING, S.REJECTED, By.RECEIVING),
    Step(S.RELEASED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.WELCOMED, A.APPROVE_GIVING, S.APPROVED, By.GIVING, when=_within),
    Step(S.WELCOMED, A.APPROVE_GIVING, S.REFERRED, By.GIVING, when=_outside),
    Step(S.WELCOMED, A.REJECT_GIVING, S.REJECTED, By.GIVING),
    Step(S.WELCOMED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.REFERRED, A.CONSENT, S.APPROVED, By.PROPOSER),
    Step(S.REFERRED, A.DENY, S.REJECTED, By.PROPOSER),
    Step(S.REFERRED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.APPROVED, A.DECIDE, S.DECIDED, By.PPK),
    Step(S.APPROVED, A.OVERRIDE, S.OVERRIDDEN, By.PPK),
    Step(S.APPROVED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.DECIDED, A.OFFER, S.OFFERED, By.PROPOSER),
    Step(S.DECIDED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.OFFERED, A.ACCEPT, S.ACCEPTED, By.CONCERNED, until=_answer_by),
    Step(S.OFFERED, A.REFUSE, S.REFUSED, By.CONCERNED, until=_answer_by),
    Step(S.OFFERED, A.OBJECT, S.OBJECTED, By.CONCERNED, _not_objected, until=_objection_by),
    Step(S.OFFERED, A.OFFER, S.OFFERED, By.PROPOSER, after=_answer_by),
    Step(S.OFFERED, A.ORDER, S.ORDERED, By.PPK, after=_answer_by),
    Step(S.OFFERED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.REFUSED, A.OFFER, S.OFFERED, By.PROPOSER),
    Step(S.REFUSED, A.ORDER, S.ORDERED, By.PPK),
    Step(S.REFUSED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.ORDERED, A.OBJECT, S.OBJECTED, By.CONCERNED, _not_objected, until=_objection_by),
    Step(S.ORDERED, A.EXECUTE, S.EXECUTED, By.PROPOSER, when=_lasting),
    Step(S.ORDERED, A.EXECUTE, S.LENT, By.PROPOSER, when=_lent),
    Step(S.ORDERED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.OBJECTED, A.ACCEPT, S.ACCEPTED, By.CONCERNED),
    Step(S.OBJECTED, A.DISMISS, S.ORDERED, By.PPK),
    Step(S.OBJECTED, A.UPHOLD, S.ANNULLED, By.PPK),
    Step(S.ACCEPTED, A.EXECUTE, S.EXECUTED, By.PROPOSER, when=_lasting),
    Step(S.ACCEPTED, A.EXECUTE, S.LENT, By.PROPOSER, when=_lent),
    Step(S.ACCEPTED, A.WITHDRAW, S.WITHDRAWN, By.PROPOSER),
    Step(S.EXECUTED, A.OBJECT, S.CONTESTED, By.CONCERNED, _not_contested, until=_objection_by),
    Step(S.LENT, A.OBJECT, S.CONTESTED, By.CONCERNED, _not_contested, until=_objection_by),
    Step(S.LENT, A.EXTEND, S.LENT, By.PROPOSER, until=_until),
    Step(S.LENT, A.END, S.ENDED, By.PROPOSER, until=_until),
    Step(S.CONTESTED, A.TAKE_BACK, S.EXECUTED, By.CONCERNED, when=_lasting),
    Step(S.CONTESTED, A.TAKE_BACK, S.LENT, By.CONCERNED, when=_lent),
    Step(S.CONTESTED, A.DISMISS, S.EXECUTED, By.PPK, when=_lasting),
    Step(S.CONTESTED, A.DISMISS, S.LENT, By.PPK, when=_lent),
    Step(S.CONTESTED, A.UPHOLD, S.REVERSED, By.PPK),
    Step(S.EXECUTED, A.ASSESS, S.EXECUTED, By.ASSESSOR),
    Step(S.CONTESTED, A.ASSESS, S.CONTESTED, By.ASSESSOR),
)
"""Every step; what is not here is refused."""
del S, A, By


def state_on(state: State, stand: Stand, day: date) -> State:
    """Return the state on a day: a temporary assignment expires by itself."""
    if state is State.LENT and stand.until is not None and day > stand.until:
        return State.EXPIRED
    return state


def acts_on(state: State, stand: Stand, day: date) -> list[Act]:
    """Return what may be done on a day, in the order of the table."""
    steps = open_steps(TABLE, state_on(state, stand, day), stand)
    return [Act(step.act) for step in steps if step.is_open_on(stand, day)]


def following(proposal_id: str, state: State, stand: Stand, act: Act, on: date) -> Step[Stand]:
    """Return the step that an act is on a day; :func:`mutasi.workflow.steps.step_of` says more.

    Raises:
        Conflict: If the act is not open: out of order, too early, or too late.
    """
    return step_of(TABLE, proposal_id, state_on(state, stand, on), stand, act, on)
