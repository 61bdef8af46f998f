"""Measurements that anybody can repeat: `make bench`. Counts and ratios, never seconds."""
