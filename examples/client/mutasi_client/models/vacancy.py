from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

T = TypeVar("T", bound="Vacancy")


@_attrs_define
class Vacancy:
    """A position that needs more people than hold it.

    Attributes:
        position_id (str): Id of the position.
        title (str): Title (nama jabatan).
        unit_id (str): Id of the unit.
        unit_name (str): Name of the unit.
        function (None | str): Function of government (urusan).
        function_name (None | str): The function in words.
        rung (None | str): Eselon or jenjang.
        rung_name (None | str): It in words.
        level (float | None): Level on the ladder, 1 (pelaksana) to 8 (JPT utama).
        needed (int): People needed (ABK).
        filled (int): People who hold it.
        open_ (int): People missing.
    """

    position_id: str
    title: str
    unit_id: str
    unit_name: str
    function: str | None
    function_name: str | None
    rung: str | None
    rung_name: str | None
    level: float | None
    needed: int
    filled: int
    open_: int
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        position_id = self.position_id

        title = self.title

        unit_id = self.unit_id

        unit_name = self.unit_name

        function: str | None
        function = self.function

        function_name: str | None
        function_name = self.function_name

        rung: str | None
        rung = self.rung

        rung_name: str | None
        rung_name = self.rung_name

        level: float | None
        level = self.level

        needed = self.needed

        filled = self.filled

        open_ = self.open_

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "position_id": position_id,
                "title": title,
                "unit_id": unit_id,
                "unit_name": unit_name,
                "function": function,
                "function_name": function_name,
                "rung": rung,
                "rung_name": rung_name,
                "level": level,
                "needed": needed,
                "filled": filled,
                "open": open_,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        position_id = d.pop("position_id")

        title = d.pop("title")

        unit_id = d.pop("unit_id")

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

        def _parse_rung(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        rung = _parse_rung(d.pop("rung"))

        def _parse_rung_name(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        rung_name = _parse_rung_name(d.pop("rung_name"))

        def _parse_level(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        level = _parse_level(d.pop("level"))

        needed = d.pop("needed")

        filled = d.pop("filled")

        open_ = d.pop("open")

        vacancy = cls(
            position_id=position_id,
            title=title,
            unit_id=unit_id,
            unit_name=unit_name,
            function=function,
            function_name=function_name,
            rung=rung,
            rung_name=rung_name,
            level=level,
            needed=needed,
            filled=filled,
            open_=open_,
        )

        vacancy.additional_properties = d
        return vacancy

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
