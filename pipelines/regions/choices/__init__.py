"""The product beside itself with one choice changed, on the same invented regions."""
