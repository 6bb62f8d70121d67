"""The trade-off curve as a picture: clutter removed against body lines lost."""

from __future__ import annotations

from math import log10
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Point(NamedTuple):
    """One way to clean, and its figures as shares."""

    name: str
    removed: float
    lost: float


OTHERS = (
    Point("40 phrases", 0.09, 0.001),
    Point("RefinedWeb", 0.18, 0.024),
    Point("jusText", 0.37, 0.131),
    Point("one segment", 0.331, 0.058),
    Point("Gopher, FineWeb", 0.705, 0.192),
    Point("C4", 0.756, 0.226),
)
"""Line filters on text that an extractor had made, means of two forms, measured on the full public sets."""
BOOSTING = (
    Point("", 0.17, 0.001),
    Point("", 0.293, 0.005),
    Point("", 0.389, 0.01),
    Point("", 0.488, 0.02),
    Point("boosting", 0.622, 0.05),
)
"""Gradient boosting on line features, cross-validated, on the same sets."""
WIDTH, HEIGHT, MARGIN = 760, 440, 56
LEAST, MOST = 0.0005, 0.3
"""Body lines lost, the ends of a logarithmic axis."""
TICKS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)


def draw(points: Sequence[Point]) -> str:
    """Return the picture as SVG. The first three points are the levels, the others what lies beyond."""
    parts = [*_axes()]
    parts += _line(BOOSTING, "#999", dashed=True)
    parts += _line(points, "#be1e2d", dashed=False)
    parts += [_dot(point, "#777", 4) for point in (*OTHERS, BOOSTING[-1])]
    parts += [_dot(point, "#be1e2d", 5) for point in points[:3]]
    parts += [_dot(point._replace(name=""), "#be1e2d", 3) for point in points[3:]]
    label = "Clutter removed against body lines lost, for this program's levels and for other filters"
    style = "font: 12px system-ui, sans-serif"
    body = "\n".join(parts)
    frame = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fafaf8"/>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{label}"'
    return f'{head} style="{style}">\n{frame}\n{body}\n</svg>\n'


def _place(point: Point) -> tuple[float, float]:
    share = (log10(max(point.lost, LEAST)) - log10(LEAST)) / (
        log10(MOST) - log10(LEAST)
    )
    return MARGIN + share * (WIDTH - 2 * MARGIN), HEIGHT - MARGIN - point.removed * (
        HEIGHT - 2 * MARGIN
    )


def _axes() -> list[str]:
    parts = []
    for lost in TICKS:
        x, _ = _place(Point("", 0, lost))
        parts.append(
            f'<line x1="{x:.0f}" y1="{MARGIN}" x2="{x:.0f}" y2="{HEIGHT - MARGIN}" stroke="#e4e4df"/>'
        )
        parts.append(_text(x, HEIGHT - MARGIN + 18, f"{lost:.1%}", "#555", "middle"))
    for tenth in range(0, 11, 2):
        _, y = _place(Point("", tenth / 10, LEAST))
        parts.append(
            f'<line x1="{MARGIN}" y1="{y:.0f}" x2="{WIDTH - MARGIN}" y2="{y:.0f}" stroke="#e4e4df"/>'
        )
        parts.append(_text(MARGIN - 8, y + 4, f"{tenth * 10} %", "#555", "end"))
    parts.append(
        _text(WIDTH / 2, HEIGHT - 12, "body lines lost (logarithmic)", "#333", "middle")
    )
    parts.append(
        _text(MARGIN - 40, MARGIN - 20, "clutter lines removed", "#333", "start")
    )
    return parts


def _line(points: Sequence[Point], colour: str, *, dashed: bool) -> list[str]:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(_place, points))
    dash = ' stroke-dasharray="5 4"' if dashed else ""
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dash}/>'
    ]


def _dot(point: Point, colour: str, radius: int) -> str:
    x, y = _place(point)
    dot = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}"/>'
    side, anchor = (-8, "end") if x > WIDTH - 2 * MARGIN else (8, "start")
    return dot + (
        _text(x + side, y - 7, point.name, colour, anchor) if point.name else ""
    )


def _text(x: float, y: float, text: str, colour: str, anchor: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" text-anchor="{anchor}">{text}</text>'
