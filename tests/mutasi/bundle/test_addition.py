"""A bundle that adds to a region that is stored already."""

from functools import partial
from pathlib import Path

import pytest

from mutasi.bundle.contract import REQUIRED
from mutasi.bundle.reading import read as read_files
from mutasi.errors import BundleFileMissing, BundleFileUnknown, BundleFileUnreadable
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


@pytest.mark.parametrize("name", ["employes.csv", "employees.xlsx", "=employees.csv"])
@pytest.mark.parametrize("known", [KNOWN, {}], ids=["adds", "begins"])
def test_a_name_that_no_table_has_is_told_with_the_nearest(
    folder: Path, name: str, known: dict[str, set[str]]
) -> None:
    (folder / "offers.csv").rename(folder / name)

    with pytest.raises(BundleFileUnknown) as caught:
        read(folder, known)

    assert caught.value.params["files"] == name
    assert str(caught.value.params["known"]).startswith("employees.csv, ")


def test_beside_a_table_a_name_that_none_has_is_told_and_passed_over(folder: Path) -> None:
    (folder / "UNKNOWN.CSV").write_text("a\n1\n")

    bundle = read(folder, KNOWN)

    assert (bundle.read, bundle.ignored) == ({"offers": 1}, ("UNKNOWN.CSV",))


def test_names_are_read_without_regard_to_case(folder: Path) -> None:
    (folder / "offers.csv").rename(folder / "OFFERS.CSV")

    assert read(folder, KNOWN).read == {"offers": 1}


def test_two_files_of_one_table_are_refused_whatever_their_case(folder: Path) -> None:
    (folder / "Offers.CSV").write_text((folder / "offers.csv").read_text())

    with pytest.raises(BundleFileUnreadable) as caught:
        read(folder, KNOWN)

    assert caught.value.params["reason"] == "two_files"


def test_of_many_codes_the_nearest_by_spelling_are_told(folder: Path) -> None:
    (folder / "educations.csv").write_text(
        f"employee_id,level,graduated_on,field\n{SITI},40,2008-07-01,engginering\n"
    )

    (fault,) = read(folder, KNOWN).rejected

    assert (fault.field, fault.reason) == ("field", "unknown_code")
    assert fault.expected.startswith("engineering, ")
    assert fault.expected.endswith(", …")
    assert fault.expected.count(",") < len(FIELDS) - 1
