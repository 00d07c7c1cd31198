"""Errors of proposals and applications, and of whoever acts on them."""

from mutasi.errors._kinds import Conflict, Forbidden, Invalid, NotFound


class CaseNotFound(NotFound):
    """No proposal or application has this id, or not for this caller."""

    code = "case_not_found"


class CaseOver(Conflict):
    """Nothing may be done about a case any more."""

    code = "case_over"


class OutOfOrder(Conflict):
    """An act is not open in the state in which a case is."""

    code = "out_of_order"


class TooEarly(Conflict):
    """An act is not open yet."""

    code = "too_early"


class DeadlinePassed(Conflict):
    """The last day for an act is over."""

    code = "deadline_passed"


class DatedBackwards(Conflict):
    """An act is dated before the one before it."""

    code = "dated_backwards"


class DatedAhead(Invalid):
    """An act is dated in the future."""

    code = "dated_ahead"


class DayUnusable(Invalid):
    """A day that an act names cannot be: before the act, or further than is allowed."""

    code = "day_unusable"


class CaseChanged(Conflict):
    """A case is not any more as the caller last saw it."""

    code = "case_changed"


class PreferencesChanged(Conflict):
    """What an employee wishes was told anew since the caller last saw it."""

    code = "preferences_changed"


class CaseGoing(Conflict):
    """There is such a case already that is not over."""

    code = "case_going"


class PlacementUnlawful(Conflict):
    """A rule blocks the placement that is proposed."""

    code = "placement_unlawful"


class PositionFull(Conflict):
    """Nobody more is needed in a position."""

    code = "position_full"


class OutcomeKnown(Conflict):
    """What came of a move after so many months was told already."""

    code = "outcome_known"


class AppraisalKnown(Conflict):
    """Another appraisal of the year is on record, which goes before."""

    code = "appraisal_known"


class SourceOther(Conflict):
    """A plan, receipt or application that a proposal names does not name the move."""

    code = "source_other"


class PersonNeeded(Forbidden):
    """An act is a person's, and a system asks for it."""

    code = "person_needed"


class ConflictOfInterest(Forbidden):
    """Somebody would act in office on their own case."""

    code = "conflict_of_interest"


class SecondPersonNeeded(Forbidden):
    """Somebody would decide what they proposed themselves."""

    code = "second_person_needed"


class AnswersThemself(Conflict):
    """What came on paper is taken down for an employee who has an account to say it with."""

    code = "answers_themself"


class OfficeMissing(Forbidden):
    """The caller may do such things, but does not head the unit that it is about."""

    code = "office_missing"


class FactMissing(Invalid):
    """An act needs a fact, as the code of a reason, that was not given."""

    code = "fact_missing"
