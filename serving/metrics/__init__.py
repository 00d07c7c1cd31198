"""What is counted of the service."""

from serving.metrics.endpoints import router
from serving.metrics.measures import Measures

__all__ = ["Measures", "router"]
