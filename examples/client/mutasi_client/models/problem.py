from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.problem_params import ProblemParams
    from ..models.wrong_value import WrongValue


T = TypeVar("T", bound="Problem")


@_attrs_define
class Problem:
    """Why a request failed.

    Attributes:
        type_ (str): Stable name.
        title (str): The kind of problem, in words.
        status (int): The HTTP status.
        detail (str): What happened, in the caller's language.
        params (ProblemParams): The values that caused it.
        errors (list[WrongValue] | None | Unset): The values at fault.
        reference (None | str | Unset): What to tell the operator, who finds the error by it.
    """

    type_: str
    title: str
    status: int
    detail: str
    params: ProblemParams
    errors: list[WrongValue] | Unset | None = UNSET
    reference: str | Unset | None = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        type_ = self.type_

        title = self.title

        status = self.status

        detail = self.detail

        params = self.params.to_dict()

        errors: list[dict[str, Any]] | Unset | None
        if isinstance(self.errors, Unset):
            errors = UNSET
        elif isinstance(self.errors, list):
            errors = []
            for errors_type_0_item_data in self.errors:
                errors_type_0_item = errors_type_0_item_data.to_dict()
                errors.append(errors_type_0_item)

        else:
            errors = self.errors

        reference: str | Unset | None
        if isinstance(self.reference, Unset):
            reference = UNSET
        else:
            reference = self.reference

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "type": type_,
                "title": title,
                "status": status,
                "detail": detail,
                "params": params,
            }
        )
        if errors is not UNSET:
            field_dict["errors"] = errors
        if reference is not UNSET:
            field_dict["reference"] = reference

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.problem_params import ProblemParams  # noqa: PLC0415
        from ..models.wrong_value import WrongValue  # noqa: PLC0415

        d = dict(src_dict)
        type_ = d.pop("type")

        title = d.pop("title")

        status = d.pop("status")

        detail = d.pop("detail")

        params = ProblemParams.from_dict(d.pop("params"))

        def _parse_errors(data: object) -> list[WrongValue] | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, list):
                    raise TypeError
                errors_type_0 = []
                _errors_type_0 = data
                for errors_type_0_item_data in _errors_type_0:
                    errors_type_0_item = WrongValue.from_dict(errors_type_0_item_data)

                    errors_type_0.append(errors_type_0_item)

                return errors_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(list[WrongValue] | None | Unset, data)

        errors = _parse_errors(d.pop("errors", UNSET))

        def _parse_reference(data: object) -> str | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        reference = _parse_reference(d.pop("reference", UNSET))

        problem = cls(
            type_=type_,
            title=title,
            status=status,
            detail=detail,
            params=params,
            errors=errors,
            reference=reference,
        )

        problem.additional_properties = d
        return problem

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
