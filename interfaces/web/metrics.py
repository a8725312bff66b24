"""What is counted of the pages, for Prometheus: how many requests, of which routes, how slow."""

from __future__ import annotations

from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"

_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Metrics:
    """The counts of one process. Routes are named by their patterns: no address holds a person."""

    def __init__(self) -> None:
        self._registry: Final = CollectorRegistry()
        self._requests: Final = Counter(
            "goldthread_requests", "Requests that were answered.",
            ("method", "route", "status"), registry=self._registry,
        )  # fmt: skip
        self._seconds: Final = Histogram(
            "goldthread_request_seconds", "How long requests took.",
            ("route",), buckets=_BUCKETS, registry=self._registry,
        )  # fmt: skip
        self._entries: Final = Gauge(
            "goldthread_record_entries", "Entries of the record.", registry=self._registry
        )

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self, entries: int) -> bytes:
        """Return what Prometheus reads. `entries`: of the record, as it stands."""
        self._entries.set(entries)
        return generate_latest(self._registry)
