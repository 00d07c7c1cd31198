from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

if TYPE_CHECKING:
    from ..models.employee import Employee
    from ..models.finding import Finding
    from ..models.gain import Gain
    from ..models.nouns_reason import NounsReason
    from ..models.performance import Performance
    from ..models.position import Position


T = TypeVar("T", bound="Recommendation")


@_attrs_define
class Recommendation:
    """An eligible placement with what is expected of it.

    Attributes:
        rank (int): 1 is best.
        band (int): Placements of one band cannot be told apart; 1 is best.
        employee (Employee): Who is meant, and where they are now.
        position (Position): Which position is meant.
        has_evidence (bool): Whether people alike were ever proposed for posts alike. Where not, nothing is predicted,
            and the placement comes after the others.
        performance (None | Performance):
        gain (Gain | None): None for who holds no post.
        acceptance (float | None): Chance that an offer is accepted, 0 to 1.
        utility (float | None): What the rank follows; the transparent score without a model; None without evidence.
        score (float): Transparent profile-matching score, 0 to 100.
        reasons (list[NounsReason]):
        findings (list[Finding]): Warnings and information.
    """

    rank: int
    band: int
    employee: Employee
    position: Position
    has_evidence: bool
    performance: Performance | None
    gain: Gain | None
    acceptance: float | None
    utility: float | None
    score: float
    reasons: list[NounsReason]
    findings: list[Finding]
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.gain import Gain  # noqa: PLC0415
        from ..models.performance import Performance  # noqa: PLC0415

        rank = self.rank

        band = self.band

        employee = self.employee.to_dict()

        position = self.position.to_dict()

        has_evidence = self.has_evidence

        performance: dict[str, Any] | None
        if isinstance(self.performance, Performance):
            performance = self.performance.to_dict()
        else:
            performance = self.performance

        gain: dict[str, Any] | None
        if isinstance(self.gain, Gain):
            gain = self.gain.to_dict()
        else:
            gain = self.gain

        acceptance: float | None
        acceptance = self.acceptance

        utility: float | None
        utility = self.utility

        score = self.score

        reasons = []
        for reasons_item_data in self.reasons:
            reasons_item = reasons_item_data.to_dict()
            reasons.append(reasons_item)

        findings = []
        for findings_item_data in self.findings:
            findings_item = findings_item_data.to_dict()
            findings.append(findings_item)

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "rank": rank,
                "band": band,
                "employee": employee,
                "position": position,
                "has_evidence": has_evidence,
                "performance": performance,
                "gain": gain,
                "acceptance": acceptance,
                "utility": utility,
                "score": score,
                "reasons": reasons,
                "findings": findings,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.employee import Employee  # noqa: PLC0415
        from ..models.finding import Finding  # noqa: PLC0415
        from ..models.gain import Gain  # noqa: PLC0415
        from ..models.nouns_reason import NounsReason  # noqa: PLC0415
        from ..models.performance import Performance  # noqa: PLC0415
        from ..models.position import Position  # noqa: PLC0415

        d = dict(src_dict)
        rank = d.pop("rank")

        band = d.pop("band")

        employee = Employee.from_dict(d.pop("employee"))

        position = Position.from_dict(d.pop("position"))

        has_evidence = d.pop("has_evidence")

        def _parse_performance(data: object) -> Performance | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError
                performance_type_0 = Performance.from_dict(data)

                return performance_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Performance, data)

        performance = _parse_performance(d.pop("performance"))

        def _parse_gain(data: object) -> Gain | None:
            if data is None:
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError
                gain_type_0 = Gain.from_dict(data)

                return gain_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(Gain | None, data)

        gain = _parse_gain(d.pop("gain"))

        def _parse_acceptance(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        acceptance = _parse_acceptance(d.pop("acceptance"))

        def _parse_utility(data: object) -> float | None:
            if data is None:
                return data
            return cast(float | None, data)

        utility = _parse_utility(d.pop("utility"))

        score = d.pop("score")

        reasons = []
        _reasons = d.pop("reasons")
        for reasons_item_data in _reasons:
            reasons_item = NounsReason.from_dict(reasons_item_data)

            reasons.append(reasons_item)

        findings = []
        _findings = d.pop("findings")
        for findings_item_data in _findings:
            findings_item = Finding.from_dict(findings_item_data)

            findings.append(findings_item)

        recommendation = cls(
            rank=rank,
            band=band,
            employee=employee,
            position=position,
            has_evidence=has_evidence,
            performance=performance,
            gain=gain,
            acceptance=acceptance,
            utility=utility,
            score=score,
            reasons=reasons,
            findings=findings,
        )

        recommendation.additional_properties = d
        return recommendation

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
