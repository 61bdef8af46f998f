"""What may happen, and if not, why. Pure: no writes, no HTTP."""
