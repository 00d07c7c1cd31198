"""Write a call of every operation (docs/calls.md), or what clients are generated from."""

import json
import sys
from collections.abc import Iterator
from typing import Any

from mutasi.settings import Settings
from serving.app import create_app
from serving.description import operations

INTRODUCTION = """\
<!-- Generated: python -m serving.calls. Do not edit. -->

# A call of every operation

What each is for: [the interface](http.md). The same calls are in the description, as
`x-codeSamples`. Ids are invented; `$TOKEN` is the `access_token` of the first answer of
`POST /oauth2/token`. What only people do (approvals, decisions, answers) takes a session in
its place: `-b session.txt` and the header `X-CSRF-Token`, from `POST /v1/session`.

## From a program

Clients in most languages are generated from the description. In Python:

```sh
pip install openapi-python-client
curl -H "Authorization: Bearer $TOKEN" http://127.0.0.1:8000/openapi.json > openapi.json
openapi-python-client generate --path openapi.json
```

[examples/client](../examples/client/README.md) has a program that asks for candidates with
such a client; `make client` generates it there.
"""


def described() -> dict[str, Any]:
    """Return the whole description of the interface."""
    return create_app(Settings()).openapi()


def document() -> str:
    """Return the document."""
    return "\n".join([INTRODUCTION, *_calls()])


def _calls() -> Iterator[str]:
    area = ""
    for method, path, operation in operations(described()):
        nearest = path.split("/")[2 if path.startswith("/v1/") else 1]
        if nearest != area:
            area = nearest
            yield f"## {area}\n"
        source = operation["x-codeSamples"][0]["source"]
        yield f"`{method} {path}`: {operation['summary'].lower()}\n\n```sh\n{source}\n```\n"


if __name__ == "__main__":
    sys.stdout.write(json.dumps(described()) if sys.argv[1:] == ["description"] else document())
