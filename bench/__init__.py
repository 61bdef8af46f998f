"""Measurements that anybody can repeat: `make bench`. Counts and ratios, never seconds.

Apart from it, on real processes: `python -m bench tenggat` and `python -m bench kacau`.
"""
