from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="Position")


@_attrs_define
class Position:
    """Which position is meant.

    Attributes:
        position_id (str): Id of the position.
        title (str): Title (nama jabatan).
        unit_name (str): Name of the unit.
        function (None | str): Function of government (urusan).
        function_name (None | str): The function in words.
    """

    position_id: str
    title: str
    unit_name: str
    function: str | None
    function_name: str | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        position_id = self.position_id

        title = self.title

        unit_name = self.unit_name

        function: str | None
        function = self.function

        function_name: str | None
        function_name = self.function_name

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "position_id": position_id,
                "title": title,
                "unit_name": unit_name,
                "function": function,
                "function_name": function_name,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        position_id = d.pop("position_id")

        title = d.pop("title")

        unit_name = d.pop("unit_name")

        def _parse_function(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        function = _parse_function(d.pop("function"))

        def _parse_function_name(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        function_name = _parse_function_name(d.pop("function_name"))

        position = cls(
            position_id=position_id,
            title=title,
            unit_name=unit_name,
            function=function,
            function_name=function_name,
        )

        position.additional_properties = d
        return position

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
