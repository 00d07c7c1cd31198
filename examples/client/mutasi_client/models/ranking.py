from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

from ..models.ranking_basis import RankingBasis

if TYPE_CHECKING:
    from ..models.exclusion import Exclusion
    from ..models.recommendation import Recommendation
    from ..models.rule_count import RuleCount


T = TypeVar("T", bound="Ranking")


@_attrs_define
class Ranking:
    """The answer to one question: who for a vacancy, or where for a person.

    Attributes:
        receipt_id (str): Of the receipt that is kept of this answer, at `/v1/receipts`.
        as_of (datetime.date): The day whose knowledge answers.
        basis (RankingBasis): What ranks: a trained model, or the transparent score without one.
        basis_sentence (str): The basis in words.
        model_version (None | str):
        considered (int): Placements looked at.
        eligible (int): Those that no rule blocks.
        recommended (list[Recommendation]): The best, best first.
        excluded (list[Exclusion]): The blocked ones nearest to being eligible.
        excluded_by_rule (list[RuleCount]): Most first.
    """

    receipt_id: str
    as_of: datetime.date
    basis: RankingBasis
    basis_sentence: str
    model_version: str | None
    considered: int
    eligible: int
    recommended: list[Recommendation]
    excluded: list[Exclusion]
    excluded_by_rule: list[RuleCount]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        receipt_id = self.receipt_id

        as_of = self.as_of.isoformat()

        basis = self.basis.value

        basis_sentence = self.basis_sentence

        model_version: str | None
        model_version = self.model_version

        considered = self.considered

        eligible = self.eligible

        recommended = []
        for recommended_item_data in self.recommended:
            recommended_item = recommended_item_data.to_dict()
            recommended.append(recommended_item)

        excluded = []
        for excluded_item_data in self.excluded:
            excluded_item = excluded_item_data.to_dict()
            excluded.append(excluded_item)

        excluded_by_rule = []
        for excluded_by_rule_item_data in self.excluded_by_rule:
            excluded_by_rule_item = excluded_by_rule_item_data.to_dict()
            excluded_by_rule.append(excluded_by_rule_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "receipt_id": receipt_id,
                "as_of": as_of,
                "basis": basis,
                "basis_sentence": basis_sentence,
                "model_version": model_version,
                "considered": considered,
                "eligible": eligible,
                "recommended": recommended,
                "excluded": excluded,
                "excluded_by_rule": excluded_by_rule,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.exclusion import Exclusion  # noqa: PLC0415
        from ..models.recommendation import Recommendation  # noqa: PLC0415
        from ..models.rule_count import RuleCount  # noqa: PLC0415

        d = dict(src_dict)
        receipt_id = d.pop("receipt_id")

        as_of = datetime.date.fromisoformat(d.pop("as_of"))

        basis = RankingBasis(d.pop("basis"))

        basis_sentence = d.pop("basis_sentence")

        def _parse_model_version(data: object) -> str | None:
            if data is None:
                return data
            return cast(None | str, data)

        model_version = _parse_model_version(d.pop("model_version"))

        considered = d.pop("considered")

        eligible = d.pop("eligible")

        recommended = []
        _recommended = d.pop("recommended")
        for recommended_item_data in _recommended:
            recommended_item = Recommendation.from_dict(recommended_item_data)

            recommended.append(recommended_item)

        excluded = []
        _excluded = d.pop("excluded")
        for excluded_item_data in _excluded:
            excluded_item = Exclusion.from_dict(excluded_item_data)

            excluded.append(excluded_item)

        excluded_by_rule = []
        _excluded_by_rule = d.pop("excluded_by_rule")
        for excluded_by_rule_item_data in _excluded_by_rule:
            excluded_by_rule_item = RuleCount.from_dict(excluded_by_rule_item_data)

            excluded_by_rule.append(excluded_by_rule_item)

        ranking = cls(
            receipt_id=receipt_id,
            as_of=as_of,
            basis=basis,
            basis_sentence=basis_sentence,
            model_version=model_version,
            considered=considered,
            eligible=eligible,
            recommended=recommended,
            excluded=excluded,
            excluded_by_rule=excluded_by_rule,
        )

        ranking.additional_properties = d
        return ranking

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
