from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="Employee")


@_attrs_define
class Employee:
    """Who is meant, and where they are now.

    Attributes:
        nip (str): NIP.
        name (None | str):
        present_title (None | str): Title of the present post.
        present_unit (None | str): Unit of the present post.
    """

    nip: str
    name: str | None
    present_title: str | None
    present_unit: str | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        nip = self.nip

        name: str | None
        name = self.name

        present_title: str | None
        present_title = self.present_title

        present_unit: str | None
        present_unit = self.present_unit

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "nip": nip,
                "name": name,
                "present_title": present_title,
                "present_unit": present_unit,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        nip = d.pop("nip")

        def _parse_name(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        name = _parse_name(d.pop("name"))

        def _parse_present_title(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        present_title = _parse_present_title(d.pop("present_title"))

        def _parse_present_unit(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        present_unit = _parse_present_unit(d.pop("present_unit"))

        employee = cls(
            nip=nip,
            name=name,
            present_title=present_title,
            present_unit=present_unit,
        )

        employee.additional_properties = d
        return employee

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
