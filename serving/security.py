"""Who may ask: whoever shows the token of this installation.

Only ``/healthz`` and ``/readyz`` are open, and hold no personal data.  All else
needs the token, the description of the interface at ``/openapi.json`` included;
there is no page that shows it, because such pages load code from elsewhere.
"""

import hmac
from typing import Annotated

from fastapi import Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from mutasi.errors import TokenInvalid, TokenMissing

BEARER = HTTPBearer(
    auto_error=False,
    scheme_name="token",
    description="The token of this installation, `MUTASI_API_TOKEN`.",
)


async def require_token(
    request: Request,
    shown: Annotated[HTTPAuthorizationCredentials | None, Security(BEARER)],
) -> None:
    """Let a request pass that shows the token.

    The comparison takes the same time wherever the first difference is.

    Raises:
        TokenMissing: If it shows none.
        TokenInvalid: If it shows another.
    """
    if shown is None or not shown.credentials:
        raise TokenMissing
    token: str = request.app.state.settings.api_token.get_secret_value()
    if not hmac.compare_digest(shown.credentials.encode(), token.encode()):
        raise TokenInvalid
