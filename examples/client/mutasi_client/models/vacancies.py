from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

if TYPE_CHECKING:
    from ..models.vacancy import Vacancy


T = TypeVar("T", bound="Vacancies")


@_attrs_define
class Vacancies:
    """A page of vacancies, those that miss most people first.

    Attributes:
        as_of (datetime.date): The day whose knowledge answers.
        total (int): Vacancies on all pages.
        vacancies (list[Vacancy]):
        next_cursor (None | str): `cursor` of the next page; also in the `Link` header.
    """

    as_of: datetime.date
    total: int
    vacancies: list[Vacancy]
    next_cursor: str | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        as_of = self.as_of.isoformat()

        total = self.total

        vacancies = []
        for vacancies_item_data in self.vacancies:
            vacancies_item = vacancies_item_data.to_dict()
            vacancies.append(vacancies_item)

        next_cursor: str | None
        next_cursor = self.next_cursor

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "as_of": as_of,
                "total": total,
                "vacancies": vacancies,
                "next_cursor": next_cursor,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.vacancy import Vacancy  # noqa: PLC0415

        d = dict(src_dict)
        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        total = d.pop("total")

        vacancies = []
        _vacancies = d.pop("vacancies")
        for vacancies_item_data in _vacancies:
            vacancies_item = Vacancy.from_dict(vacancies_item_data)

            vacancies.append(vacancies_item)

        def _parse_next_cursor(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        next_cursor = _parse_next_cursor(d.pop("next_cursor"))

        vacancies = cls(
            as_of=as_of,
            total=total,
            vacancies=vacancies,
            next_cursor=next_cursor,
        )

        vacancies.additional_properties = d
        return vacancies

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
