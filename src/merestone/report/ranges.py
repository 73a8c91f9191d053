"""Figures as small pictures: for each voice a dot, or a bar from the lowest to the highest number it gives."""

from __future__ import annotations

from merestone.assess.terms import Figure
from merestone.report import svg, words

WIDTH, HEIGHT = 220.0, 18.0


def top_of(figure: Figure) -> int:
    """The highest number on the scale of a figure; at least 1, so that a zero has somewhere to stand."""
    given = [n for _, low, high, _ in figure.voices for n in (low, high) if n is not None]
    return max([1, *given])


def range_svg(low: int | None, high: int | None, top: int, told: str, id_: str) -> str:
    """One voice's number on a scale from 0 to `top`. An open end is drawn as an arrow, an unknown number as nothing at all."""
    axis = svg.el("path", d=svg.path([(8, HEIGHT / 2), (WIDTH - 12, HEIGHT / 2)]), class_="scale faint")
    ends = [axis, svg.el("path", d=svg.path([(8, 4), (8, HEIGHT - 4)]), class_="scale faint")]
    if low is not None or high is not None:
        x0 = _x(low if low is not None else 0, top)
        x1 = _x(high, top) if high is not None else WIDTH - 6
        ends.append(svg.el("path", d=svg.path([(x0, HEIGHT / 2), (x1, HEIGHT / 2)]), class_="span"))
        ends.extend(
            svg.el("circle", cx=_x(n, top), cy=HEIGHT / 2, r=4.4, class_="end") for n in sorted({n for n in (low, high) if n is not None})
        )
        if high is None:
            ends.append(svg.el("path", d=svg.path([(x1 - 5, 4), (x1, HEIGHT / 2), (x1 - 5, HEIGHT - 4)]), class_="span"))
        if low is None:
            ends.append(svg.el("path", d=svg.path([(x0 + 5, 4), (x0, HEIGHT / 2), (x0 + 5, HEIGHT - 4)]), class_="span"))
    return svg.picture(WIDTH, HEIGHT, told, words.span_of(low, high), *ends, id_=id_, class_="range")


def _x(number: int, top: int) -> float:
    return 8 + number / top * (WIDTH - 22)
