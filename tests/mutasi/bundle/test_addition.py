"""A bundle that adds to a region that is stored already."""

from functools import partial
from pathlib import Path

import pytest

from mutasi.bundle.contract import REQUIRED
from mutasi.bundle.reading import read as read_files
from mutasi.errors import BundleFileMissing
from mutasi.vocabulary import FIELDS
from tests.records import TODAY
from tests.regions import BUDI, SITI, WATI, tiny_folder

read = partial(read_files, today=TODAY)

KNOWN = {table: {SITI, BUDI, WATI} if table == "employees" else {"P1"} for table in REQUIRED}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Offers alone."""
    for path in tiny_folder(tmp_path).glob("*.csv"):
        if path.stem != "offers":
            path.unlink()
    return tmp_path


def test_it_may_have_some_tables_only(folder: Path) -> None:
    bundle = read(folder, KNOWN)

    assert bundle.read == {"offers": 1}
    assert not bundle.rejected
    assert "transfers" not in bundle.frames


def test_the_first_bundle_must_have_all_that_make_a_region(folder: Path) -> None:
    with pytest.raises(BundleFileMissing):
        read(folder)


def test_it_must_have_something(folder: Path) -> None:
    (folder / "offers.csv").unlink()

    with pytest.raises(BundleFileMissing):
        read(folder, KNOWN)


def test_of_many_codes_the_nearest_by_spelling_are_told(folder: Path) -> None:
    (folder / "educations.csv").write_text(
        f"employee_id,level,graduated_on,field\n{SITI},40,2008-07-01,engginering\n"
    )

    (fault,) = read(folder, KNOWN).rejected

    assert (fault.field, fault.reason) == ("field", "unknown_code")
    assert fault.expected.startswith("engineering, ")
    assert fault.expected.endswith(", …")
    assert fault.expected.count(",") < len(FIELDS) - 1
