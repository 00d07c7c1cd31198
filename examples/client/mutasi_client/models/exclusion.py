from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

if TYPE_CHECKING:
    from ..models.finding import Finding
    from ..models.nouns_person import NounsPerson
    from ..models.position import Position


T = TypeVar("T", bound="Exclusion")


@_attrs_define
class Exclusion:
    """A placement that the law blocks.

    Attributes:
        employee (NounsPerson): Who is meant, as people recognise them.
        position (Position): Which position is meant.
        findings (list[Finding]): What blocks it, at least one.
        eligible_on (datetime.date | None): First day on which nothing that blocks it now, nor age, would block it.
    """

    employee: NounsPerson
    position: Position
    findings: list[Finding]
    eligible_on: datetime.date | None
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        employee = self.employee.to_dict()

        position = self.position.to_dict()

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)

        eligible_on: str | None
        if isinstance(self.eligible_on, datetime.date):
            eligible_on = self.eligible_on.isoformat()
        else:
            eligible_on = self.eligible_on

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "employee": employee,
                "position": position,
                "findings": findings,
                "eligible_on": eligible_on,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.finding import Finding  # noqa: PLC0415
        from ..models.nouns_person import NounsPerson  # noqa: PLC0415
        from ..models.position import Position  # noqa: PLC0415

        d = dict(src_dict)
        employee = NounsPerson.from_dict(d.pop("employee"))

        position = Position.from_dict(d.pop("position"))

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = Finding.from_dict(findings_item_data)

            findings.append(findings_item)

        def _parse_eligible_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                eligible_on_type_0 = datetime.date.fromisoformat(data)

                return eligible_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        eligible_on = _parse_eligible_on(d.pop("eligible_on"))

        exclusion = cls(
            employee=employee,
            position=position,
            findings=findings,
            eligible_on=eligible_on,
        )

        exclusion.additional_properties = d
        return exclusion

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
