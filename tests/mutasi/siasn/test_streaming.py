"""JSON read value by value: the same as read at once, in bounded memory."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from mutasi.siasn import streaming
from mutasi.siasn.streaming import LONGEST, WIDE, Damaged, Text, opened

THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=20,
)


def entered(text: Text) -> Any:
    """Return a value, entering what is too long to be decoded at once."""
    value = text.value()
    if value is not WIDE:
        return value
    if text.next_sign() == "[":
        return [entered(text) for _ in text.elements()]
    return {name: entered(text) for name in text.members()}


def as_texts(value: Any) -> Any:
    """Return a value with its numbers as the text that they are."""
    if isinstance(value, list):
        return [as_texts(each) for each in value]
    if isinstance(value, dict):
        return {name: as_texts(each) for name, each in value.items()}
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@settings(max_examples=300, deadline=None)
@given(value=THINGS, piece=st.integers(1, 40), indent=st.none() | st.integers(0, 2))
def test_read_in_pieces_a_value_is_the_same(value: Any, piece: int, indent: int | None) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(streaming, "PIECE", piece)
        patched.setattr(streaming, "LONGEST", 100)
        text = Text(StringIO(json.dumps(value, indent=indent)))

        assert entered(text) == as_texts(value)
        assert not text.next_sign()


@settings(max_examples=300, deadline=None)
@given(signs=st.text(alphabet='[]{}",:0aé\\ \n', max_size=40))
def test_any_text_is_read_or_said_to_be_damaged(signs: str) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(streaming, "PIECE", 3)
        patched.setattr(streaming, "LONGEST", 12)
        text = Text(StringIO(signs))
        try:
            while text.next_sign():
                entered(text)
        except Damaged:
            return


def test_what_is_held_stays_small_however_long_the_list_is() -> None:
    most = 0

    class Endless(StringIO):
        count = 0

        def read(self, size: int | None = -1) -> str:
            nonlocal most
            most = max(most, size or 0)
            self.count += 1
            return ("[" if self.count == 1 else "") + '{"a":"b"},' * 50_000

    text = Text(Endless())
    assert text.value() is WIDE
    for number, _ in enumerate(text.elements()):
        assert text.value() == {"a": "b"}
        if number > 300_000:
            break
    assert most <= 2 * LONGEST


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
def test_any_unicode_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "rw-skp.json"
    path.write_bytes('[{"nama": "é"}]'.encode(encoding))

    with opened(path) as file:
        assert Text(file).value() == [{"nama": "é"}]


def test_a_number_keeps_its_digits() -> None:
    assert Text(StringIO("198505172010012001")).value() == "198505172010012001"
