"""Which rules these are: a hash of their code and of the law's parameters."""

import hashlib
from functools import cache
from importlib.resources import files

DIGITS = 16


@cache
def version() -> str:
    """Return a name that every change of a rule or of a parameter changes."""
    found = hashlib.sha256()
    here = files("mutasi.rules")
    texts = [*here.iterdir(), *here.joinpath("parameters").iterdir()]
    for file in sorted(texts, key=lambda each: each.name):
        if file.name.endswith((".py", ".toml")):
            found.update(file.name.encode())
            found.update(file.read_bytes())
    return found.hexdigest()[:DIGITS]
