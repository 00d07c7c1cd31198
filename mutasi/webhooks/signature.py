"""How a message is signed: Standard Webhooks 1.0, symmetric (https://www.standardwebhooks.com).

The secret of a webhook follows from a key of the installation and the webhook's id, so that
neither the store nor a backup of it holds a secret.
"""

import base64
import hmac
from pathlib import Path
from secrets import token_bytes
from typing import Final

from mutasi.errors import WebhookKeyMissing
from mutasi.private import OWNER_ONLY, make_folder

MARK: Final = "whsec_"
VERSION: Final = "v1"
KEY_BYTES: Final = 32

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def made_key(file: Path) -> bytes:
    """Return the installation's key; the first who asks makes it."""
    make_folder(file.parent)
    beside = file.with_name(f"{file.name}.{token_bytes(4).hex()}")
    beside.touch(OWNER_ONLY)
    beside.write_bytes(token_bytes(KEY_BYTES))
    try:
        file.hardlink_to(beside)  # of several who make it at once, one does
    except FileExistsError:
        pass
    finally:
        beside.unlink()
    return key_of(file)


def key_of(file: Path) -> bytes:
    """Return the installation's key.

    Raises:
        WebhookKeyMissing: If there is none: nobody who sends may make another.
    """
    try:
        return file.read_bytes()
    except OSError as error:
        raise WebhookKeyMissing(path=file) from error


def secret_of(key: bytes, webhook_id: str, number: int = 0) -> str:
    """Return the secret of a webhook, as receivers are given it; 0 is the number of the first."""
    said = f"{webhook_id}.{number}" if number else webhook_id
    return MARK + base64.b64encode(hmac.digest(key, said.encode(), "sha256")).decode()


def signed(
    secret: str, message_id: str, timestamp: int, content: bytes, former: str | None = None
) -> dict[str, str]:
    """Return the headers of a message, signed by the secret and, while it holds, the former one.

    >>> signed("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
    ...        1614265330, b'{"test": 2432232314}')["webhook-signature"]
    'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
    """
    covered = f"{message_id}.{timestamp}.".encode() + content
    secrets = (secret,) if former is None else (secret, former)
    signatures = " ".join(f"{VERSION},{_signature(each, covered)}" for each in secrets)
    return {ID: message_id, TIMESTAMP: str(timestamp), SIGNATURE: signatures}


def _signature(secret: str, covered: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(MARK))
    return base64.b64encode(hmac.digest(key, covered, "sha256")).decode()
