"""docs/quality.md says what the checks ask."""

from mutasi.quality import CHECKS
from mutasi.quality.documentation import document
from tests.architecture.checkout import ROOT


def test_the_document_is_up_to_date() -> None:
    written = (ROOT / "docs" / "quality.md").read_text(encoding="utf-8")

    assert written == document(), "run `make docs`"


def test_every_check_is_in_it() -> None:
    assert all(f"| `{check.name}` |" in document() for check in CHECKS)
