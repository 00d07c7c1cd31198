"""Records that are handed in as files: asked for here, taken in by a worker."""

from serving.imports.endpoints import router
from serving.imports.receiving import bounds
from serving.imports.wording import ADDRESS

__all__ = ["ADDRESS", "bounds", "router"]
