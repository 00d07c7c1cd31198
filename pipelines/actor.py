"""Who types: the user of this machine, for the audit trail."""

import os
import pwd


def user() -> str:
    """Return the user of this process as an actor of the trail, ``user:NAME``.

    The name is that of the account, which no variable of the environment changes.
    """
    number = os.getuid()
    try:
        return f"user:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"user:{number}"
