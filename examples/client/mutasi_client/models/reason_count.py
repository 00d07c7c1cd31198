from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="ReasonCount")


@_attrs_define
class ReasonCount:
    """Rows that were not taken for one reason.

    Attributes:
        file (str):
        reason (str): Stable name.
        sentence (str): The reason in words.
        rows (int):
    """

    file: str
    reason: str
    sentence: str
    rows: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        file = self.file

        reason = self.reason

        sentence = self.sentence

        rows = self.rows

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "file": file,
                "reason": reason,
                "sentence": sentence,
                "rows": rows,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        file = d.pop("file")

        reason = d.pop("reason")

        sentence = d.pop("sentence")

        rows = d.pop("rows")

        reason_count = cls(
            file=file,
            reason=reason,
            sentence=sentence,
            rows=rows,
        )

        reason_count.additional_properties = d
        return reason_count

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
