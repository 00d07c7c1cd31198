"""Files are handed in: the anonymous caller first; whatever cannot be used is refused at once."""

import errno
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import SpooledTemporaryFile

import numpy as np
import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mutasi.i18n import LANGUAGES
from mutasi.settings import Settings
from mutasi.store import session, uploads
from mutasi.store.tables import JOBS
from serving.errors import PROBLEM
from serving.imports.receiving import LONGEST_NAME, MOST_FILES
from tests.serving.conftest import Lines
from tests.serving.imports.conftest import IMPORTS, Parts, asked, parts

UNITS = "unit_id,name\nA,Satu\n"
BOUNDARY = "----x"


def named(name: str, content: bytes = b"a,b\n1,2\n") -> bytes:
    """Return a form whose file has any name at all."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def sent(client: TestClient, body: bytes | Iterator[bytes]) -> tuple[int, str]:
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = client.post(IMPORTS, content=body, headers=kind)
    return answer.status_code, answer.json()["type"]


def kept(settings: Settings) -> set[str]:
    with session.reading(session.engine(settings.database_url)) as work:
        return uploads.waited_for(work)


@pytest.fixture(autouse=True)
def nothing_waits(handing: TestClient) -> None:
    for told in handing.get(IMPORTS, params={"limit": 200}).json()["imports"]:
        handing.post(f"{IMPORTS}/{told['import_id']}/cancel")


def test_an_anonymous_caller_is_refused_before_anything_is_read(handing: TestClient) -> None:
    read: list[int] = []

    def body() -> Iterator[bytes]:
        for number in range(100):
            read.append(number)
            yield b"x" * 10_000

    answer = TestClient(handing.app).post(IMPORTS, content=body())

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_missing"
    assert not read


def test_what_is_handed_in_is_found_where_the_answer_says(handing: TestClient) -> None:
    answer = handing.post(IMPORTS, files=parts(units=UNITS))
    found = handing.get(answer.headers["location"])

    assert answer.status_code == 202
    assert answer.json() == found.json()
    assert answer.headers["retry-after"] == "2"
    assert found.json()["files"][0]["size"] == len(UNITS)
    same = handing.get(answer.headers["location"], headers={"If-None-Match": found.headers["etag"]})
    assert same.status_code == 304


def test_the_same_files_are_not_waited_for_twice(handing: TestClient, settings: Settings) -> None:
    first = asked(handing, parts(units=UNITS))

    assert asked(handing, parts(units=UNITS)) == first
    assert asked(handing, parts(units=UNITS), strict="true") != first
    assert asked(handing, parts(units=UNITS + "B,Dua\n")) != first
    assert first in kept(settings)


def test_a_key_leads_to_the_same_import_and_not_to_other_files(handing: TestClient) -> None:
    key = {"Idempotency-Key": "nightly-1"}
    first = handing.post(IMPORTS, files=parts(units=UNITS), headers=key).json()["import_id"]
    handing.post(f"{IMPORTS}/{first}/cancel")

    again = handing.post(IMPORTS, files=parts(units=UNITS), headers=key)
    other = handing.post(IMPORTS, files=parts(units=UNITS + "B,Dua\n"), headers=key)

    assert (again.status_code, again.json()["import_id"]) == (202, first)
    assert (other.status_code, other.json()["type"]) == (422, "/errors/key_reused")
    assert other.json()["params"] == {"idempotency_key": "nightly-1"}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("../../etc/cron.d/units.csv", id="up and away"),
        pytest.param("/etc/passwd.csv", id="from the root"),
        pytest.param("..\\\\units.csv", id="up, as Windows writes it"),
        pytest.param("C:units.csv", id="another drive"),
        pytest.param(".units.csv", id="hidden"),
        pytest.param("units.csv\x00.csv", id="with NUL"),
        pytest.param("units\u202evsc.csv", id="written backwards"),
        pytest.param("un\u200bits.csv", id="with a sign of no width"),
        pytest.param("units.csv ", id="with a blank at its end"),
        pytest.param("u" * LONGEST_NAME + ".csv", id="too long"),
        pytest.param("un\nits.csv", id="of two lines"),
    ],
)
def test_a_name_that_leads_elsewhere_or_hides_something_is_refused(
    handing: TestClient, settings: Settings, name: str
) -> None:
    status, code = sent(handing, named(name))

    assert status == 422
    assert code in ("/errors/upload_name_unusable", "/errors/upload_unreadable")
    assert not kept(settings)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("files", "query", "code", "params"),
    [
        pytest.param([], {}, "media_type_other", {"expected": "multipart/form-data"}, id="no form"),
        pytest.param(
            parts(units=""), {}, "upload_empty", {"file": "units.csv"}, id="an empty file"
        ),
        pytest.param(
            [("file", ("units.parquet", b"PAR1"))],
            {},
            "upload_kind_other",
            {"file": "units.parquet", "kinds": ".csv"},
            id="Parquet",
        ),
        pytest.param(
            [("file", ("all.zip", b"PK"))],
            {"format": "siasn"},
            "upload_kind_other",
            {"file": "all.zip"},
            id="an archive",
        ),
        pytest.param(
            [("file", ("units.csv", b"a")), ("file", ("Units.CSV", b"b"))],
            {},
            "upload_twice",
            {"file": "units.csv"},
            id="one name twice",
        ),
        pytest.param(
            [("file", ("units.csv", b"a")), ("file", ("positions.csv", b"a"))],
            {},
            "upload_twice",
            {"file": "units.csv", "other": "positions.csv"},
            id="one content twice",
        ),
        pytest.param(
            [("other", ("units.csv", b"a"))], {}, "upload_unreadable", {}, id="another field"
        ),
        pytest.param(
            [("file", (f"{number}.csv", b"a")) for number in range(MOST_FILES + 1)],
            {},
            "uploads_too_many",
            {"limit": MOST_FILES},
            id="too many",
        ),
        pytest.param(
            parts(units=UNITS),
            {"since": "2026-01-01"},
            "option_other",
            {"option": "since", "format": "peta"},
            id="an option of another format",
        ),
        pytest.param(
            parts(units=UNITS),
            {"format": "peta"},
            "option_missing",
            {"option": "since", "format": "peta"},
            id="an option less",
        ),
        pytest.param(
            [("file", ("data-utama.json", b"[]"))],
            {"format": "siasn", "as_of": "2099-01-01"},
            "dated_ahead",
            {"on": "2099-01-01"},
            id="an export that is yet to come",
        ),
        pytest.param(
            parts(units=UNITS), {"format": "ias"}, "request_invalid", {}, id="another format"
        ),
    ],
)
def test_what_cannot_be_used_is_refused_at_once_and_kept_nowhere(
    handing: TestClient,
    settings: Settings,
    files: Parts,
    query: dict[str, str],
    code: str,
    params: dict[str, object],
    language: str,
) -> None:
    answer = handing.post(IMPORTS, files=files, params=query, headers={"Accept-Language": language})
    problem = PROBLEM.validate_python(answer.json())

    assert answer.status_code == (415 if code == "media_type_other" else 422)
    assert problem.type == f"/errors/{code}"
    assert params.items() <= problem.params.items()
    assert answer.headers["content-language"] == language
    assert not kept(settings)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_format_that_there_is_not_is_answered_with_those_there_are(
    handing: TestClient, language: str
) -> None:
    answer = handing.post(
        IMPORTS,
        files=parts(units=UNITS),
        params={"format": "bundel"},
        headers={"Accept-Language": language},
    )

    words = {"id": "harus salah satu dari", "en": "must be one of"}[language]
    assert answer.status_code == 422
    assert answer.json()["errors"] == [
        {"where": "query.format", "detail": f"{words} bundle, siasn, lists, peta"}
    ]


@pytest.mark.parametrize("body", [b"", b"no form", b"--" + BOUNDARY.encode(), named("a.csv")[:-30]])
def test_a_form_that_breaks_off_is_refused(
    handing: TestClient, settings: Settings, body: bytes
) -> None:
    status, code = sent(handing, body)

    assert status == 422
    assert code in ("/errors/upload_unreadable", "/errors/upload_missing")
    assert not kept(settings)


def test_files_beyond_the_limit_are_refused_whether_they_say_so_or_not(
    handing: TestClient, settings: Settings
) -> None:
    body = named("units.csv", b"x" * (2 << 20))

    def pieces() -> Iterator[bytes]:
        for start in range(0, len(body), 1 << 16):
            yield body[start : start + (1 << 16)]

    assert sent(handing, body) == sent(handing, pieces()) == (413, "/errors/body_too_large")
    assert not kept(settings)


def test_a_file_of_several_pieces_is_kept_as_it_is(
    handing: TestClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "PIECE_BYTES", 100_000)
    content = np.random.default_rng(7).bytes(765_432)
    handed = asked(handing, [("file", ("units.csv", content))])

    with session.reading(session.engine(settings.database_url)) as work:
        assert uploads.waited_for(work) == {handed}
        number = work.scalars(sa.select(JOBS.c.number).where(JOBS.c.job_id == handed)).one()
        uploads.write(work, number, tmp_path)
    assert (tmp_path / "units.csv").read_bytes() == content
    assert handing.get(f"{IMPORTS}/{handed}").json()["files"][0]["size"] == len(content)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_disk_that_is_full_is_told_and_nothing_is_kept(
    handing: TestClient, settings: Settings, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SpooledTemporaryFile, "write", full)
    answer = handing.post(IMPORTS, files=parts(units=UNITS), headers={"Accept-Language": language})

    assert (answer.status_code, answer.json()["type"]) == (503, "/errors/disk_full")
    monkeypatch.undo()
    assert not kept(settings)


def test_nothing_of_the_files_is_logged(handing: TestClient, log: Lines) -> None:
    secret = "198505172010012001"
    handing.post(IMPORTS, files=[("file", (f"rw-skp-{secret}.csv", BytesIO(secret.encode())))])
    answer = handing.post(
        IMPORTS, files=[("file", (f"rw-skp-{secret}.zip", BytesIO(secret.encode())))]
    )

    assert secret not in str([vars(record) for record in log.records])
    assert answer.json()["params"]["file"] == "rw-skp-•••001.zip"
