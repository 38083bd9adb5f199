"""The values every other part speaks of: frozen, whole when built, discreet in logs."""
