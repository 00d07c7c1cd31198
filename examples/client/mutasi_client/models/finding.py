from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

from ..models.severity import Severity

T = TypeVar("T", bound="Finding")


@_attrs_define
class Finding:
    """What a rule says of the placement.

    Attributes:
        rule (str): The rule.
        label (str): The rule in words.
        severity (Severity): What a finding does.
        basis (str): The article.
        sentence (str): The finding with the facts that decided.
        clears_on (datetime.date | None): First day without it, if it ends by itself.
        is_unknown (bool): A fact is missing, so it cannot be said.
    """

    rule: str
    label: str
    severity: Severity
    basis: str
    sentence: str
    clears_on: datetime.date | None
    is_unknown: bool
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        rule = self.rule

        label = self.label

        severity = self.severity.value

        basis = self.basis

        sentence = self.sentence

        clears_on: str | None
        if isinstance(self.clears_on, datetime.date):
            clears_on = self.clears_on.isoformat()
        else:
            clears_on = self.clears_on

        is_unknown = self.is_unknown

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rule": rule,
                "label": label,
                "severity": severity,
                "basis": basis,
                "sentence": sentence,
                "clears_on": clears_on,
                "is_unknown": is_unknown,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        rule = d.pop("rule")

        label = d.pop("label")

        severity = Severity(d.pop("severity"))

        basis = d.pop("basis")

        sentence = d.pop("sentence")

        def _parse_clears_on(data: object) -> datetime.date | None:
            if data is None:
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                clears_on_type_0 = datetime.date.fromisoformat(data)

                return clears_on_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None, data)

        clears_on = _parse_clears_on(d.pop("clears_on"))

        is_unknown = d.pop("is_unknown")

        finding = cls(
            rule=rule,
            label=label,
            severity=severity,
            basis=basis,
            sentence=sentence,
            clears_on=clears_on,
            is_unknown=is_unknown,
        )

        finding.additional_properties = d
        return finding

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
