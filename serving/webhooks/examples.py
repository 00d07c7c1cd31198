"""Examples for the description of the interface."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mutasi.store.outbox import State
from serving.errors import Problem
from serving.webhooks.schemas import Deliveries, Delivery, Webhook, Webhooks

WEBHOOK_ID = "b41d0e6f5a7c49d2830b11fe"
MADE = datetime(2026, 3, 30, 2, 15, tzinfo=UTC)

WEBHOOK = Webhook(
    webhook_id=WEBHOOK_ID,
    owner="client:simpeg",
    url="https://simpeg.example.go.id/hooks/mutasi",
    events=["import.ended", "plan.ended"],
    made_at=MADE,
)
SUBSCRIBED = replace(WEBHOOK, secret="whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=")  # noqa: S106 -- invented
CHANGED = replace(SUBSCRIBED, secret_number=1, former_until=MADE + timedelta(days=1))
WEBHOOKS = Webhooks(webhooks=[WEBHOOK])
PING = Delivery(
    message_id="msg_5b0c1f6e9a3d4c7f8e21d0aa",
    event="webhook.ping",
    state=State.WAITING,
    state_name="menunggu dikirim",
    attempts=0,
    made_at=MADE,
    next_at=MADE,
    status=None,
    problem=None,
)
FAILED = replace(
    PING,
    event="plan.ended",
    attempts=2,
    next_at=datetime(2026, 3, 30, 2, 20, 5, tzinfo=UTC),
    status=500,
    problem=Problem(
        "/errors/webhook_refused",
        "Belum dapat dilayani",
        503,
        "Penerima webhook menjawab 500; yang diharapkan 200 sampai 299.",
        {"status": 500},
    ),
)
DELIVERIES = Deliveries(deliveries=[FAILED])
