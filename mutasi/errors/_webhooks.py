"""Errors of what is told to other systems."""

from mutasi.errors._kinds import Conflict, Invalid, NotFound, Unavailable


class WebhookNotFound(NotFound):
    """The caller has no webhook of this id."""

    code = "webhook_not_found"


class WebhookAddressUnusable(Invalid):
    """The address of a webhook is no URL as it must be."""

    code = "webhook_address_unusable"


class WebhookAddressForbidden(Invalid):
    """The address of a webhook is not one of the public internet."""

    code = "webhook_address_forbidden"


class TooManyWebhooks(Conflict):
    """The caller has as many webhooks as one may have."""

    code = "too_many_webhooks"


class WebhookUnreachable(Unavailable):
    """Nobody answered at the address of a webhook, or not as they must."""

    code = "webhook_unreachable"


class WebhookRefused(Unavailable):
    """Who receives did not take the message."""

    code = "webhook_refused"


class WebhookForeign(Unavailable):
    """Who subscribed may no longer be told of this."""

    code = "webhook_foreign"


class WebhookKeyMissing(Unavailable):
    """The key that the secrets of webhooks follow from is not where it is looked for."""

    code = "webhook_key_missing"
