"""What is asked and answered about tokens, by the names that OAuth 2 gives them."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field


class TokenRequest(BaseModel):
    """A client asks for a token (RFC 6749, section 4.4)."""

    grant_type: Annotated[
        str, Field(description="`client_credentials`.", examples=["client_credentials"])
    ] = ""
    scope: Annotated[
        str | None,
        Field(description="Scopes with a space between; all that the client has by default."),
    ] = None
    client_id: Annotated[
        str | None, Field(description="Unless shown by HTTP Basic.", examples=["simpeg"])
    ] = None
    client_secret: Annotated[str | None, Field(description="Unless shown by HTTP Basic.")] = None


@dataclass(frozen=True)
class Token:
    """A token (RFC 6749, section 5.1)."""

    access_token: Annotated[str, Field(description="What later requests show.")]
    expires_in: Annotated[int, Field(description="Seconds that it lasts.", examples=[600])]
    scope: Annotated[str, Field(description="What it lets do.", examples=["vacancies:read"])]
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 -- a word of the protocol


Failure = Literal["invalid_request", "invalid_client", "unsupported_grant_type", "invalid_scope"]


@dataclass(frozen=True)
class TokenRefused:
    """Why there is no token (RFC 6749, section 5.2)."""

    error: Failure
    error_description: Annotated[str, Field(description="The same in words.")]


@dataclass(frozen=True)
class KeySet:
    """The keys that check our tokens (RFC 7517)."""

    keys: list[dict[str, Any]]


@dataclass(frozen=True)
class Metadata:
    """What a client needs to know of this issuer (RFC 8414)."""

    issuer: str
    token_endpoint: str
    jwks_uri: str
    scopes_supported: list[str]
    grant_types_supported: list[str]
    response_types_supported: list[str]
    token_endpoint_auth_methods_supported: list[str]
