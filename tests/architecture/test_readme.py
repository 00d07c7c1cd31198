"""What the documents point to exists: commands, and files."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

from pipelines.cli import app
from tests.architecture.checkout import ROOT, name

BLOCK = re.compile(r"^```(?:sh|bash|console|shell)?\n(.*?)^```", re.MULTILINE | re.DOTALL)
README = "\n".join(BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8")))
WORD = r"[a-z][a-z-]*"
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
DOCUMENTS = [*ROOT.glob("*.md"), *sorted((ROOT / "docs").rglob("*.md"))]


def test_the_readme_shows_how_to_see_it_and_how_to_test_it() -> None:
    assert {"demo", "test"} <= _second_words("make")


@pytest.mark.parametrize("target", sorted(re.findall(rf"^make ({WORD})", README, re.MULTILINE)))
def test_a_make_target_of_the_readme_exists(target: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_commands_of_the_readme_exist() -> None:
    commands = getattr(get_command(app), "commands", {})

    assert _second_words(r"(?:\.venv/bin/)?mutasi") <= set(commands)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_a_link_of_a_document_leads_to_a_file(document: Path) -> None:
    links = LINK.findall(document.read_text(encoding="utf-8"))

    assert not [link for link in links if not (document.parent / link).exists()]


def _second_words(program: str) -> set[str]:
    return set(re.findall(rf"^(?:\$ )?{program} ({WORD})", README, re.MULTILINE))
