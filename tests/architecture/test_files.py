"""Tracked files say nothing of the machine they were written on."""

import re

import pytest

from tests.architecture.checkout import ROOT, texts

ADDRESS_OF_A_FILE = re.compile(r"https?://\S+\.(?:whl|tar\.gz|tgz|zip)\b")
INDEX_OPTION = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host")
FOLDERS_OF_A_MACHINE = "work|root|home|Users|opt|private|farm"
PATH_OF_A_MACHINE = re.compile(rf"(?:^|[\s\"'`(=:])/(?:{FOLDERS_OF_A_MACHINE})/\w", re.MULTILINE)


def test_the_lock_names_versions_and_hashes_but_no_place() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")

    assert "://" not in lock
    assert not INDEX_OPTION.search(lock)
    assert lock.count("--hash=sha256:") >= lock.count("==")


@pytest.mark.parametrize(
    "pattern",
    [
        pytest.param(ADDRESS_OF_A_FILE, id="address of a file to download"),
        pytest.param(PATH_OF_A_MACHINE, id="path of a machine"),
    ],
)
def test_no_file_contains(pattern: re.Pattern[str]) -> None:
    found = [f"{name}: {match[0]}" for name, text in texts() for match in pattern.finditer(text)]

    assert not found


def test_the_patterns_find_what_they_are_for() -> None:
    assert PATH_OF_A_MACHINE.search("cd " + "/home" + "/somebody")
    assert ADDRESS_OF_A_FILE.search("https" + "://example.org/thing.whl")
