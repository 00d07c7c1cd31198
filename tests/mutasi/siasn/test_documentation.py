"""The document says what is read."""

from mutasi.siasn.documentation import siasn
from mutasi.siasn.resources import RESOURCES
from tests.architecture.checkout import ROOT


def test_the_document_in_docs_is_current() -> None:
    kept = (ROOT / "docs" / "siasn.md").read_text(encoding="utf-8")

    assert kept == siasn(), "make docs writes it again"


def test_every_resource_has_its_own_section() -> None:
    for resource in RESOURCES:
        assert siasn().count(f"\n### {resource.name} →") == 1
