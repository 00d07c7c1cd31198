"""What is counted of the service, for Prometheus: by route, never by person or path.

Each process counts for itself; where several answer at one address, a scrape meets one
of them, so they are scraped one by one.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from serving.region import Region, basis

MEDIA_TYPE = CONTENT_TYPE_LATEST
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Bounds of what is told of how long answers take."""

METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
"""Methods that are counted by name; callers can invent others without end."""


class Measures:
    """Counts requests, and says what answers them."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "mutasi_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self._registry,
        )
        self._seconds = Histogram(
            "mutasi_request_seconds",
            "How long answers took.",
            ("method", "route"),
            buckets=SECONDS,
            registry=self._registry,
        )
        self._ready = Gauge(
            "mutasi_region_loaded", "Whether records are loaded.", registry=self._registry
        )
        self._model = Gauge("mutasi_model_ranks", "Whether a model ranks.", registry=self._registry)

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        method = method if method in METHODS else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)

    def told(self, region: Region) -> bytes:
        """Return everything, as Prometheus reads it."""
        self._ready.set(region.recommender is not None)
        self._model.set(basis(region) == "model")
        return generate_latest(self._registry)
