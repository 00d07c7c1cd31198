"""Errors of the transfer plan."""

from mutasi.errors._kinds import Conflict, Invalid, Unavailable


class UtilityUnusable(Invalid):
    """A move's worth is not a number, or too large to be added up exactly."""

    code = "utility_unusable"


class SeatsNegative(Invalid):
    """A post has fewer than no open seats."""

    code = "seats_negative"


class NobodyToMove(Conflict):
    """Nobody may move anywhere, so there is nothing to plan."""

    code = "nobody_to_move"


class PairUnusable(Invalid):
    """A pair of a plan is of nobody, to nowhere, to the post held, or there twice."""

    code = "pair_unusable"


class DemandUnknown(Invalid):
    """What is asked of a plan names a person, post, unit or family that there is not."""

    code = "demand_unknown"


class PinNotOffered(Conflict):
    """Somebody must move to a post where the law, or the request, does not let them."""

    code = "pin_not_offered"


class PinsContradict(Invalid):
    """Two pins of a plan cannot both hold."""

    code = "pins_contradict"


class PinOfOne(Invalid):
    """A pin about two people names one person twice."""

    code = "pin_of_one"


class FloorUnreachable(Conflict):
    """A floor is above everybody who could ever be there."""

    code = "floor_unreachable"


class AssignmentEndless(Invalid):
    """People would be lent without a day on which that ends."""

    code = "assignment_endless"


class AssignmentUnlawful(Invalid):
    """A temporary assignment would end before it begins, or last longer than the law lets it."""

    code = "assignment_unlawful"


class OutcomeUnknown(Conflict):
    """An outcome that a plan is asked for cannot be told: no model predicts performance."""

    code = "outcome_unknown"


class TooFewLasting(Conflict):
    """Too few moves are old enough to learn which of them last."""

    code = "too_few_lasting"


class PlanImpossible(Conflict):
    """Demands on a plan cannot hold together; without any one of those named they could."""

    code = "plan_impossible"


class PlanNotFound(Unavailable):
    """No plan was found within the time limit, nor that there is none."""

    code = "plan_not_found"


class PlanUnreadable(Invalid):
    """A file is no plan, or one of another layout."""

    code = "plan_unreadable"


class PlanBroken(Conflict):
    """A plan does not keep what it says."""

    code = "plan_broken"


class PlansApart(Invalid):
    """Plans that are to be compared are about different days."""

    code = "plans_apart"


class RequestUnparsed(Invalid):
    """A plan request is no TOML and no JSON."""

    code = "request_unparsed"


class RequestUnreadable(Invalid):
    """A plan request is no TOML or JSON, or asks for what there is not."""

    code = "request_unreadable"
