from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from attrs import define as _attrs_define

from ..models.subscription_events_item import SubscriptionEventsItem

T = TypeVar("T", bound="Subscription")


@_attrs_define
class Subscription:
    """Where to, and of what.

    Attributes:
        url (str): `https://` and a host of the public internet.
        events (list[SubscriptionEventsItem]):
    """

    url: str
    events: list[SubscriptionEventsItem]

    def to_dict(self) -> dict[str, Any]:
        url = self.url

        events = []
        for events_item_data in self.events:
            events_item = events_item_data.value
            events.append(events_item)

        field_dict: dict[str, Any] = {}

        field_dict.update(
            {
                "url": url,
                "events": events,
            }
        )

        return field_dict

    @classmethod
    def from_dict(cls: type[T], src_dict: Mapping[str, Any]) -> T:
        d = dict(src_dict)
        url = d.pop("url")

        events = []
        _events = d.pop("events")
        for events_item_data in _events:
            events_item = SubscriptionEventsItem(events_item_data)

            events.append(events_item)

        subscription = cls(
            url=url,
            events=events,
        )

        return subscription
