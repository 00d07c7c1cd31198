from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="Fault")


@_attrs_define
class Fault:
    """One thing wrong with a row that was not taken.

    Attributes:
        file (str):
        row (int): As a person counts: the heading of a CSV is row 1.
        field (str): Empty: it is about the whole row.
        value (str): What stood there, shortened; masked if it identifies a person.
        reason (str): Stable name.
        expected (str): What may stand there; empty if it goes unsaid.
        sentence (str): What is wrong, in words.
    """

    file: str
    row: int
    field: str
    value: str
    reason: str
    expected: str
    sentence: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file = self.file

        row = self.row

        field = self.field

        value = self.value

        reason = self.reason

        expected = self.expected

        sentence = self.sentence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "file": file,
                "row": row,
                "field": field,
                "value": value,
                "reason": reason,
                "expected": expected,
                "sentence": sentence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file = d.pop("file")

        row = d.pop("row")

        field = d.pop("field")

        value = d.pop("value")

        reason = d.pop("reason")

        expected = d.pop("expected")

        sentence = d.pop("sentence")

        fault = cls(
            file=file,
            row=row,
            field=field,
            value=value,
            reason=reason,
            expected=expected,
            sentence=sentence,
        )

        fault.additional_properties = d
        return fault

    @property
    def additional_keys(self) -> list[str]:
        return list(self.additional_properties.keys())

    def __getitem__(self, key: str) -> Any:
        return self.additional_properties[key]

    def __setitem__(self, key: str, value: Any) -> None:
        self.additional_properties[key] = value

    def __delitem__(self, key: str) -> None:
        del self.additional_properties[key]

    def __contains__(self, key: str) -> bool:
        return key in self.additional_properties
