from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define, field as _attrs_field

from ..models.token_refused_error import TokenRefusedError

T = TypeVar("T", bound="TokenRefused")


@_attrs_define
class TokenRefused:
    """Why there is no token (RFC 6749, section 5.2).

    Attributes:
        error (TokenRefusedError):
        error_description (str): The same in words.
    """

    error: TokenRefusedError
    error_description: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        error = self.error.value

        error_description = self.error_description

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "error": error,
                "error_description": error_description,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        error = TokenRefusedError(d.pop("error"))

        error_description = d.pop("error_description")

        token_refused = cls(
            error=error,
            error_description=error_description,
        )

        token_refused.additional_properties = d
        return token_refused

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
