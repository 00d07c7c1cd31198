"""Contains all the data models used in inputs/outputs"""

from .ask_for_import_body import AskForImportBody
from .ask_for_import_format import AskForImportFormat
from .ask_for_import_lang_type_0 import AskForImportLangType0
from .aspect import Aspect
from .employee import Employee
from .exclusion import Exclusion
from .fault import Fault
from .finding import Finding
from .gain import Gain
from .handed_file import HandedFile
from .import_job import ImportJob
from .import_job_format import ImportJobFormat
from .issue_lang_type_0 import IssueLangType0
from .jobs_state import JobsState
from .list_candidates_lang_type_0 import ListCandidatesLangType0
from .list_vacancies_lang_type_0 import ListVacanciesLangType0
from .look_at_import_lang_type_0 import LookAtImportLangType0
from .look_at_quarantine_lang_type_0 import LookAtQuarantineLangType0
from .nouns_person import NounsPerson
from .nouns_reason import NounsReason
from .performance import Performance
from .position import Position
from .problem import Problem
from .problem_params import ProblemParams
from .quarantine import Quarantine
from .ranking import Ranking
from .ranking_basis import RankingBasis
from .reason_count import ReasonCount
from .recommendation import Recommendation
from .remark_group import RemarkGroup
from .report import Report
from .report_tables import ReportTables
from .rule_count import RuleCount
from .severity import Severity
from .subscribe_lang_type_0 import SubscribeLangType0
from .subscription import Subscription
from .subscription_events_item import SubscriptionEventsItem
from .table_counts import TableCounts
from .token import Token
from .token_refused import TokenRefused
from .token_refused_error import TokenRefusedError
from .token_request import TokenRequest
from .vacancies import Vacancies
from .vacancy import Vacancy
from .webhook import Webhook
from .wrong_value import WrongValue

__all__ = (
    "AskForImportBody",
    "AskForImportFormat",
    "AskForImportLangType0",
    "Aspect",
    "Employee",
    "Exclusion",
    "Fault",
    "Finding",
    "Gain",
    "HandedFile",
    "ImportJob",
    "ImportJobFormat",
    "IssueLangType0",
    "JobsState",
    "ListCandidatesLangType0",
    "ListVacanciesLangType0",
    "LookAtImportLangType0",
    "LookAtQuarantineLangType0",
    "NounsPerson",
    "NounsReason",
    "Performance",
    "Position",
    "Problem",
    "ProblemParams",
    "Quarantine",
    "Ranking",
    "RankingBasis",
    "ReasonCount",
    "Recommendation",
    "RemarkGroup",
    "Report",
    "ReportTables",
    "RuleCount",
    "Severity",
    "SubscribeLangType0",
    "Subscription",
    "SubscriptionEventsItem",
    "TableCounts",
    "Token",
    "TokenRefused",
    "TokenRefusedError",
    "TokenRequest",
    "Vacancies",
    "Vacancy",
    "Webhook",
    "WrongValue",
)
