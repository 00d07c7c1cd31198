from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define, field as _attrs_field

from ..models.aspect import Aspect

T = TypeVar("T", bound="NounsReason")


@_attrs_define
class NounsReason:
    """What speaks for or against, and by how much.

    Attributes:
        aspect (Aspect): What a reason speaks of.
        concept (str): What it is about.
        label (str): The concept in words.
        effect (float): Points added or taken away: T points of performance, percentage points of the chance, or points
            of the profile score.
        sentence (str):
    """

    aspect: Aspect
    concept: str
    label: str
    effect: float
    sentence: str
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        aspect = self.aspect.value

        concept = self.concept

        label = self.label

        effect = self.effect

        sentence = self.sentence

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "aspect": aspect,
                "concept": concept,
                "label": label,
                "effect": effect,
                "sentence": sentence,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        aspect = Aspect(d.pop("aspect"))

        concept = d.pop("concept")

        label = d.pop("label")

        effect = d.pop("effect")

        sentence = d.pop("sentence")

        nouns_reason = cls(
            aspect=aspect,
            concept=concept,
            label=label,
            effect=effect,
            sentence=sentence,
        )

        nouns_reason.additional_properties = d
        return nouns_reason

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
