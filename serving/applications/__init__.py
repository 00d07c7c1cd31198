"""What employees ask for: applications for a post, and preferences."""

from serving.applications import endpoints, preferences
from serving.areas import Area, join

router = Area("applications")
join(router, endpoints.router, preferences.router)

__all__ = ["router"]
