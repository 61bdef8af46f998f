"""The engraved ornament of a certificate: waves and rosettes as SVG paths, in millimetres.

Computed, so that it is crisp at any size, costs little, and is the same in every rendering.
"""

from collections.abc import Callable
from functools import cache
from math import cos, pi, sin

WIDTH, HEIGHT = 297.0, 210.0
INSET = 12.0  # from the edge of the sheet to the middle of the band
AMPLITUDE = 3.1
STRANDS = 6
PIECES = 4  # of one wave or petal
SMALL = 1e-4  # step of a slope


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

    def place(turn: float) -> tuple[float, float]:
        swing = 0.62 + 0.38 * cos(2 * pi * turn / 3 + phase)
        offset = across + AMPLITUDE * swing * sin(2 * pi * turn + phase)
        along = begin + turn / waves * length
        return (offset, along) if upright else (along, offset)

    return curve(place, waves, waves * PIECES)


@cache
def rosette(radius: float, petals: int, layers: int, depth: float) -> list[str]:
    """A rosette around the origin: closed lines that swell and sink between the petals."""
    middle = radius * (1 - depth)
    return [
        ring(middle, radius * depth, petals, 2 * pi * layer / layers) for layer in range(layers)
    ]


def scallop(radius: float, teeth: int, depth: float) -> str:
    """The toothed edge of a seal around the origin."""
    return ring(radius, depth, teeth, 0)


def ring(radius: float, depth: float, petals: int, phase: float) -> str:
    """A closed line around the origin whose distance from it sways as often as there are petals."""

    def place(angle: float) -> tuple[float, float]:
        away = radius + depth * cos(petals * angle + phase)
        return away * cos(angle), away * sin(angle)

    return curve(place, 2 * pi, petals * PIECES) + "Z"


def curve(place: Callable[[float], tuple[float, float]], end: float, pieces: int) -> str:
    """The path of place(0) to place(end): cubic pieces with the line's own slope at their ends.

    A third of the points that straight pieces of the same smoothness need: nine tenths of the time
    to draw a certificate goes into reading them.
    """
    length = end / pieces
    found = []
    for piece in range(pieces + 1):
        at = piece * length
        x, y = place(at)
        (x0, y0), (x1, y1) = place(at - SMALL), place(at + SMALL)
        dx, dy = ((x1 - x0) * length / (6 * SMALL), (y1 - y0) * length / (6 * SMALL))
        if piece:
            found.append(f"{x - dx:.2f} {y - dy:.2f} {x:.2f} {y:.2f}")
        else:
            found.append(f"M{x:.2f} {y:.2f}")
        if piece < pieces:
            found.append(f"C{x + dx:.2f} {y + dy:.2f}")
    return " ".join(found)
