from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="TableCounts")


@_attrs_define
class TableCounts:
    """What was done with the rows of a table.

    Attributes:
        read (int):
        new (int):
        changed (int):
        unchanged (int):
        quarantined (int):
    """

    read: int
    new: int
    changed: int
    unchanged: int
    quarantined: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        read = self.read

        new = self.new

        changed = self.changed

        unchanged = self.unchanged

        quarantined = self.quarantined

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "read": read,
                "new": new,
                "changed": changed,
                "unchanged": unchanged,
                "quarantined": quarantined,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        read = d.pop("read")

        new = d.pop("new")

        changed = d.pop("changed")

        unchanged = d.pop("unchanged")

        quarantined = d.pop("quarantined")

        table_counts = cls(
            read=read,
            new=new,
            changed=changed,
            unchanged=unchanged,
            quarantined=quarantined,
        )

        table_counts.additional_properties = d
        return table_counts

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
