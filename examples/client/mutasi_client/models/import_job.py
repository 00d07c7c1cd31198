from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar, cast

from attrs import define as _attrs_define, field as _attrs_field

from ..models.import_job_format import ImportJobFormat
from ..models.jobs_state import JobsState
from ..types import UNSET, Unset

if TYPE_CHECKING:
    from ..models.handed_file import HandedFile
    from ..models.problem import Problem
    from ..models.report import Report


T = TypeVar("T", bound="ImportJob")


@_attrs_define
class ImportJob:
    """An import that was asked for, and what has become of it.

    Attributes:
        import_id (str):
        state (JobsState): What has become of a job; the last three are for good.
        state_name (str): The state in words.
        attempts (int): How often it was begun; more if a worker died.
        asked_at (datetime.datetime):
        format_ (ImportJobFormat):
        strict (bool): A file of which a row is bad is refused.
        files (list[HandedFile]):
        started_at (datetime.datetime | None | Unset):
        ended_at (datetime.datetime | None | Unset):
        since (datetime.date | None | Unset):
        as_of (datetime.date | None | Unset):
        problem (None | Problem | Unset): Why nothing was stored.
        report (None | Report | Unset): Once it is done; left out in lists.
        quarantine_url (None | str | Unset): Of the rows that were not taken, once it is over.
    """

    import_id: str
    state: JobsState
    state_name: str
    attempts: int
    asked_at: datetime.datetime
    format_: ImportJobFormat
    strict: bool
    files: list[HandedFile]
    started_at: datetime.datetime | Unset | None = UNSET
    ended_at: datetime.datetime | Unset | None = UNSET
    since: datetime.date | Unset | None = UNSET
    as_of: datetime.date | Unset | None = UNSET
    problem: Problem | Unset | None = UNSET
    report: Report | Unset | None = UNSET
    quarantine_url: str | Unset | None = UNSET
    additional_properties: dict[str, Any] = _attrs_field(init=False, factory=dict)

    def to_dict(self) -> dict[str, Any]:
        from ..models.problem import Problem  # noqa: PLC0415
        from ..models.report import Report  # noqa: PLC0415

        import_id = self.import_id

        state = self.state.value

        state_name = self.state_name

        attempts = self.attempts

        asked_at = self.asked_at.isoformat()

        format_ = self.format_.value

        strict = self.strict

        files = []
        for files_item_data in self.files:
            files_item = files_item_data.to_dict()
            files.append(files_item)

        started_at: str | Unset | None
        if isinstance(self.started_at, Unset):
            started_at = UNSET
        elif isinstance(self.started_at, datetime.datetime):
            started_at = self.started_at.isoformat()
        else:
            started_at = self.started_at

        ended_at: str | Unset | None
        if isinstance(self.ended_at, Unset):
            ended_at = UNSET
        elif isinstance(self.ended_at, datetime.datetime):
            ended_at = self.ended_at.isoformat()
        else:
            ended_at = self.ended_at

        since: str | Unset | None
        if isinstance(self.since, Unset):
            since = UNSET
        elif isinstance(self.since, datetime.date):
            since = self.since.isoformat()
        else:
            since = self.since

        as_of: str | Unset | None
        if isinstance(self.as_of, Unset):
            as_of = UNSET
        elif isinstance(self.as_of, datetime.date):
            as_of = self.as_of.isoformat()
        else:
            as_of = self.as_of

        problem: dict[str, Any] | Unset | None
        if isinstance(self.problem, Unset):
            problem = UNSET
        elif isinstance(self.problem, Problem):
            problem = self.problem.to_dict()
        else:
            problem = self.problem

        report: dict[str, Any] | Unset | None
        if isinstance(self.report, Unset):
            report = UNSET
        elif isinstance(self.report, Report):
            report = self.report.to_dict()
        else:
            report = self.report

        quarantine_url: str | Unset | None
        if isinstance(self.quarantine_url, Unset):
            quarantine_url = UNSET
        else:
            quarantine_url = self.quarantine_url

        field_dict: dict[str, Any] = {}
        field_dict.update(self.additional_properties)
        field_dict.update(
            {
                "import_id": import_id,
                "state": state,
                "state_name": state_name,
                "attempts": attempts,
                "asked_at": asked_at,
                "format": format_,
                "strict": strict,
                "files": files,
            }
        )
        if started_at is not UNSET:
            field_dict["started_at"] = started_at
        if ended_at is not UNSET:
            field_dict["ended_at"] = ended_at
        if since is not UNSET:
            field_dict["since"] = since
        if as_of is not UNSET:
            field_dict["as_of"] = as_of
        if problem is not UNSET:
            field_dict["problem"] = problem
        if report is not UNSET:
            field_dict["report"] = report
        if quarantine_url is not UNSET:
            field_dict["quarantine_url"] = quarantine_url

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        from ..models.handed_file import HandedFile  # noqa: PLC0415
        from ..models.problem import Problem  # noqa: PLC0415
        from ..models.report import Report  # noqa: PLC0415

        d = dict(src_dict)
        import_id = d.pop("import_id")

        state = JobsState(d.pop("state"))

        state_name = d.pop("state_name")

        attempts = d.pop("attempts")

        asked_at = datetime.datetime.fromisoformat(d.pop("asked_at"))

        format_ = ImportJobFormat(d.pop("format"))

        strict = d.pop("strict")

        files = []
        _files = d.pop("files")
        for files_item_data in _files:
            files_item = HandedFile.from_dict(files_item_data)

            files.append(files_item)

        def _parse_started_at(data: object) -> datetime.datetime | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                started_at_type_0 = datetime.datetime.fromisoformat(data)

                return started_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        started_at = _parse_started_at(d.pop("started_at", UNSET))

        def _parse_ended_at(data: object) -> datetime.datetime | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                ended_at_type_0 = datetime.datetime.fromisoformat(data)

                return ended_at_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.datetime | None | Unset, data)

        ended_at = _parse_ended_at(d.pop("ended_at", UNSET))

        def _parse_since(data: object) -> datetime.date | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                since_type_0 = datetime.date.fromisoformat(data)

                return since_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        since = _parse_since(d.pop("since", UNSET))

        def _parse_as_of(data: object) -> datetime.date | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, str):
                    raise TypeError
                as_of_type_0 = datetime.date.fromisoformat(data)

                return as_of_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(datetime.date | None | Unset, data)

        as_of = _parse_as_of(d.pop("as_of", UNSET))

        def _parse_problem(data: object) -> Problem | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError
                problem_type_0 = Problem.from_dict(data)

                return problem_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Problem | Unset, data)

        problem = _parse_problem(d.pop("problem", UNSET))

        def _parse_report(data: object) -> Report | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            try:
                if not isinstance(data, dict):
                    raise TypeError
                report_type_0 = Report.from_dict(data)

                return report_type_0
            except (TypeError, ValueError, AttributeError, KeyError):
                pass
            return cast(None | Report | Unset, data)

        report = _parse_report(d.pop("report", UNSET))

        def _parse_quarantine_url(data: object) -> str | Unset | None:
            if data is None:
                return data
            if isinstance(data, Unset):
                return data
            return cast(None | str | Unset, data)

        quarantine_url = _parse_quarantine_url(d.pop("quarantine_url", UNSET))

        import_job = cls(
            import_id=import_id,
            state=state,
            state_name=state_name,
            attempts=attempts,
            asked_at=asked_at,
            format_=format_,
            strict=strict,
            files=files,
            started_at=started_at,
            ended_at=ended_at,
            since=since,
            as_of=as_of,
            problem=problem,
            report=report,
            quarantine_url=quarantine_url,
        )

        import_job.additional_properties = d
        return import_job

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
