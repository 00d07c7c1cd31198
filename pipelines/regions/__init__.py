"""The open benchmark: invented regions of several sizes and kinds, with known truth."""
