"""Short check-ins between waves."""
