"""The page on what threatens the service names tests that there are, for every point."""

import re
from pathlib import Path

import pytest

from tests.architecture.checkout import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
HERE = Path(__file__).parent
POINTS = {
    match[1]: match[2]
    for match in re.finditer(r"^### (API\d+)(.*?)(?=^### |^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
"""What the page says of each point of OWASP's list."""

NAMED = sorted(set(re.findall(r"`([\w/.]+\.py(?:::\w+)?)`", PAGE)))


def test_every_point_is_there() -> None:
    assert list(POINTS) == [f"API{number}" for number in range(1, 11)]


@pytest.mark.parametrize("point", POINTS)
def test_every_point_names_a_test(point: str) -> None:
    assert re.search(r"`[\w/]*test_\w+\.py::test_\w+`", POINTS[point])


@pytest.mark.parametrize("named", NAMED)
def test_what_is_named_is_a_test(named: str) -> None:
    file, _, test = named.partition("::")

    assert (HERE / file).is_file()
    if test:
        assert f"def {test}(" in (HERE / file).read_text(encoding="utf-8")
