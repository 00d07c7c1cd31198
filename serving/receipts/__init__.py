"""What was recommended: for who asked, for auditors, and for the person concerned."""

from serving.receipts.endpoints import router

__all__ = ["router"]
