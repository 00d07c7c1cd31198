from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

if TYPE_CHECKING:
    from ..models.reason_count import ReasonCount
    from ..models.remark_group import RemarkGroup
    from ..models.report_tables import ReportTables


T = TypeVar("T", bound="Report")


@_attrs_define
class Report:
    """What came of an import.

    Attributes:
        tables (ReportTables): By table.
        reasons (list[ReasonCount]):
        remarks (list[RemarkGroup]):
        ignored (list[str]): Columns and files that no table has.
    """

    tables: ReportTables
    reasons: list[ReasonCount]
    remarks: list[RemarkGroup]
    ignored: list[str]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        tables = self.tables.to_dict()

        reasons = []
        for reasons_item_data in self.reasons:
            reasons_item = reasons_item_data.to_dict()
            reasons.append(reasons_item)

        remarks = []
        for remarks_item_data in self.remarks:
            remarks_item = remarks_item_data.to_dict()
            remarks.append(remarks_item)

        ignored = self.ignored

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "tables": tables,
                "reasons": reasons,
                "remarks": remarks,
                "ignored": ignored,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.reason_count import ReasonCount  # noqa: PLC0415
        from ..models.remark_group import RemarkGroup  # noqa: PLC0415
        from ..models.report_tables import ReportTables  # noqa: PLC0415

        d = dict(src_dict)
        tables = ReportTables.from_dict(d.pop("tables"))

        reasons = []
        _reasons = d.pop("reasons")
        for reasons_item_data in _reasons:
            reasons_item = ReasonCount.from_dict(reasons_item_data)

            reasons.append(reasons_item)

        remarks = []
        _remarks = d.pop("remarks")
        for remarks_item_data in _remarks:
            remarks_item = RemarkGroup.from_dict(remarks_item_data)

            remarks.append(remarks_item)

        ignored = cast(list[str], d.pop("ignored"))

        report = cls(
            tables=tables,
            reasons=reasons,
            remarks=remarks,
            ignored=ignored,
        )

        report.additional_properties = d
        return report

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
