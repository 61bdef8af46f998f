"""The engraved ornament of a certificate: waves and rosettes as SVG paths, in millimetres.

Computed, so that it is crisp at any size, costs little, and is the same in every rendering.
"""

from collections.abc import Iterable
from functools import cache
from math import cos, pi, sin

WIDTH, HEIGHT = 297.0, 210.0
INSET = 12.0  # from the edge of the sheet to the middle of the band
AMPLITUDE = 3.1
STRANDS = 6


@cache
def bands() -> list[str]:
    """The four bands along the edges, each of interlaced strands."""
    left, right = INSET, WIDTH - INSET
    top, bottom = INSET, HEIGHT - INSET
    found = []
    for strand in range(STRANDS):
        phase = 2 * pi * strand / STRANDS
        found += [
            wave(left, right, top, phase, upright=False),
            wave(left, right, bottom, phase, upright=False),
            wave(top, bottom, left, phase, upright=True),
            wave(top, bottom, right, phase, upright=True),
        ]
    return found


def wave(begin: float, end: float, across: float, phase: float, *, upright: bool) -> str:
    """One strand between two corners, a whole number of waves long, with a beat laid over it."""
    length = end - begin
    waves = round(length / 13)
    steps = waves * 16
    points = []
    for step in range(steps + 1):
        along = step / steps
        swing = 0.62 + 0.38 * cos(2 * pi * along * waves / 3 + phase)
        offset = AMPLITUDE * swing * sin(2 * pi * along * waves + phase)
        place = begin + along * length
        points.append((across + offset, place) if upright else (place, across + offset))
    return path(points)


@cache
def rosette(radius: float, petals: int, layers: int, depth: float) -> list[str]:
    """A rosette around the origin: closed lines that swell and sink between the petals."""
    found = []
    for layer in range(layers):
        phase = 2 * pi * layer / layers
        middle = radius * (1 - depth)
        points = [
            (
                (middle + radius * depth * cos(petals * angle + phase)) * cos(angle),
                (middle + radius * depth * cos(petals * angle + phase)) * sin(angle),
            )
            for angle in (2 * pi * step / 480 for step in range(480))
        ]
        found.append(path(points) + "Z")
    return found


def scallop(radius: float, teeth: int, depth: float) -> str:
    """The toothed edge of a seal around the origin."""
    points = [
        (
            (radius + depth * cos(teeth * angle)) * cos(angle),
            (radius + depth * cos(teeth * angle)) * sin(angle),
        )
        for angle in (2 * pi * step / (teeth * 8) for step in range(teeth * 8))
    ]
    return path(points) + "Z"


def path(points: Iterable[tuple[float, float]]) -> str:
    """Points as the data of an SVG path."""
    return "M" + "L".join(f"{x:.2f} {y:.2f}" for x, y in points)
