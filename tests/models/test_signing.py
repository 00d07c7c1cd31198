"""Keys that sign models: made once, never made again in silence."""

import stat
from pathlib import Path

import pytest

from models.signing import PrivateKey, PublicKey, key_pair
from mutasi.errors import KeyMissing, KeyUnusable

OF_ANOTHER_KIND = """-----BEGIN PUBLIC KEY-----
MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEGfOwH98tSZ8fPkNeoI5HuAHtrr1+
jeW9GAYhvr+cnNi82HiPEk6ATeESEW+D6UpBrWAelXyko6oQyhpHFT7+Jg==
-----END PUBLIC KEY-----
"""
"""A key of an elliptic curve that is not this one."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Where the keys of a home are."""
    return tmp_path / "keys" / "private.pem", tmp_path / "keys" / "public.pem"


def test_a_pair_is_made_where_there_is_none(files: tuple[Path, Path]) -> None:
    key = key_pair(*files)

    signature = key.sign(b"a manifest")

    assert PublicKey.load(files[1]).signed(b"a manifest", signature)


def test_only_the_owner_can_read_the_private_key(files: tuple[Path, Path]) -> None:
    key_pair(*files)

    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600
    assert sorted(file.name for file in files[0].parent.iterdir()) == ["private.pem", "public.pem"]


def test_a_pair_that_is_there_is_kept(files: tuple[Path, Path]) -> None:
    first, second = key_pair(*files), key_pair(*files)

    assert first.public.text == second.public.text
    assert first.sign(b"x") == second.sign(b"x")


def test_a_lost_public_key_is_written_again(files: tuple[Path, Path]) -> None:
    text = key_pair(*files).public.text
    files[1].unlink()

    key_pair(*files)

    assert files[1].read_bytes() == text


def test_a_lost_private_key_is_no_reason_to_make_another(files: tuple[Path, Path]) -> None:
    key_pair(*files)
    files[0].unlink()

    with pytest.raises(KeyMissing):
        key_pair(*files)

    assert not files[0].exists()


def test_two_keys_of_different_pairs_are_refused(files: tuple[Path, Path], tmp_path: Path) -> None:
    key_pair(*files)
    key_pair(tmp_path / "other.pem", tmp_path / "other_public.pem")

    with pytest.raises(KeyUnusable):
        key_pair(files[0], tmp_path / "other_public.pem")


@pytest.mark.parametrize(
    ("content", "signature"),
    [
        pytest.param(b"another manifest", None, id="other content"),
        pytest.param(b"a manifest", b"", id="an empty signature"),
        pytest.param(b"a manifest", b"\x00" * 64, id="a signature of zeros"),
        pytest.param(b"a manifest", b"short", id="a short signature"),
    ],
)
def test_what_was_not_signed_is_not_signed(content: bytes, signature: bytes | None) -> None:
    key = PrivateKey.made()
    shown = key.sign(b"a manifest") if signature is None else signature

    assert not key.public.signed(content, shown)


def test_another_key_signs_for_itself_alone() -> None:
    one, other = PrivateKey.made(), PrivateKey.made()

    assert not one.public.signed(b"x", other.sign(b"x"))


@pytest.mark.parametrize("kind", [PrivateKey, PublicKey])
def test_a_key_that_is_not_there_is_missing(
    kind: type[PrivateKey | PublicKey], tmp_path: Path
) -> None:
    with pytest.raises(KeyMissing):
        kind.load(tmp_path / "nowhere.pem")


@pytest.mark.parametrize("kind", [PrivateKey, PublicKey])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="empty"),
        pytest.param("no key at all", id="no key"),
        pytest.param(OF_ANOTHER_KIND, id="another kind of key"),
    ],
)
def test_what_is_no_key_of_this_kind_is_refused(
    kind: type[PrivateKey | PublicKey], text: str, tmp_path: Path
) -> None:
    file = tmp_path / "key.pem"
    file.write_text(text)

    with pytest.raises(KeyUnusable):
        kind.load(file)


def test_a_folder_is_no_key(tmp_path: Path) -> None:
    with pytest.raises(KeyUnusable):
        PublicKey.load(tmp_path)
