"""What a proposal holds, for tests that make one without asking the law."""

from typing import Any

CONTENT: dict[str, Any] = {
    "purpose": "vacancy",
    "is_own_request": False,
    "until": None,
    "application_id": None,
    "plan_id": None,
    "authorities": [],
    "employee_name": "Pegawai Contoh",
    "title": "Perawat Ahli Muda",
    "unit_name": "Puskesmas Satu",
    "function": "health",
    "origin_title": "Perawat Ahli Pertama",
    "origin_unit_name": "Puskesmas Dua",
    "as_of": "2026-03-30",
    "basis": "model",
    "model_version": "2026-03-30-353c08fd",
    "considered": 300,
    "eligible": 20,
    "rank": 1,
    "band": 1,
    "predicted": None,
    "reasons": [],
    "levers": [],
    "reason": "family",
    "is_eligible": True,
}
