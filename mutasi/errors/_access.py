"""Who asks, and whether they may."""

from mutasi.errors._kinds import Conflict, Forbidden, Invalid, NotFound, Unavailable


class TokenUnset(Unavailable):
    """The token of this installation is set to nothing."""

    code = "token_unset"


class TokenMissing(Forbidden):
    """The request shows neither a token nor a session."""

    code = "token_missing"


class TokenInvalid(Forbidden):
    """The bearer token was not issued for this service, has ended, or was changed."""

    code = "token_invalid"


class SessionEnded(Forbidden):
    """The session has ended, by itself or because somebody signed out."""

    code = "session_ended"


class LoginRefused(Forbidden):
    """The name or the password is wrong; which of the two is not told."""

    code = "login_refused"


class RequestForged(Forbidden):
    """A session's request does not prove that the person's own page sent it."""

    code = "request_forged"


class ScopeMissing(Forbidden):
    """The caller is known, and may not do this."""

    code = "scope_missing"


class TooManyRequests(Unavailable):
    """The caller asks more often than is served."""

    code = "too_many_requests"


class MediaTypeOther(Invalid):
    """A body is not said to be of the kind that is read at this address."""

    code = "media_type_other"


class BodyTooLarge(Invalid):
    """A request's body is larger than is read."""

    code = "body_too_large"


class BodyTooSlow(Invalid):
    """A request's body does not come within the time that is waited for it."""

    code = "body_too_slow"


class IssuerUnreachable(Unavailable):
    """The keys of the issuer of a token cannot be fetched."""

    code = "issuer_unreachable"


class RoleIncomplete(Invalid):
    """A role needs a unit or a number that was not given."""

    code = "role_incomplete"


class ChoiceUnknown(Invalid):
    """What is named is none of those that there are."""

    code = "choice_unknown"


class UnitUnknown(Invalid):
    """No unit has this id."""

    code = "unit_unknown"


class PasswordWeak(Invalid):
    """A password is too short, too long, or holds the account's name."""

    code = "password_weak"


class NameUnusable(Invalid):
    """A name of an account or a client holds other than letters, digits, dot and dash."""

    code = "name_unusable"


class NameTaken(Conflict):
    """There is an account or a client of this name already."""

    code = "name_taken"


class AccountNotFound(NotFound):
    """No account has this name."""

    code = "account_not_found"


class ClientNotFound(NotFound):
    """No client has this name."""

    code = "client_not_found"


class NothingToChange(Invalid):
    """An account or a client is already what it was to become."""

    code = "nothing_to_change"


class LastAdministrator(Conflict):
    """Nobody else could sign in as an administrator any more."""

    code = "last_administrator"
