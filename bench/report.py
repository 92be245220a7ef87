"""The figures as a table, with the goals beside them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from bench.cases import FEED_GOAL, GROWTH_GOAL, LOADED_GOAL, WARM_GOAL, WRITE_GOAL, Case
from bench.measuring import Figures

MEBIBYTE = 1024 * 1024
Row = tuple[str, list[str], str]


@dataclass(frozen=True, slots=True)
class Result:
    """All that was learnt of one size."""

    cases: tuple[Case, ...]
    figures: Figures
    idle: int
    loaded: int
    feed_bytes: int
    stored_bytes: int


def table(results: Mapping[int, Result]) -> str:
    """A Markdown table: multiples, and the application's own microseconds in brackets."""
    rows = [("", [f"N = {size:,}" for size in results], "goal"), *_rows(results)]
    widths = [max(len(row[0]) for row in rows), *(max(len(row[1][n]) for row in rows) for n in range(len(results)))]
    lines = []
    for title, cells, goal in rows:
        padded = [text.ljust(width) for text, width in zip((title, *cells), widths, strict=True)]
        lines.append(f"| {' | '.join(padded)} | {goal} |")
    lines.insert(1, "|" + "---|" * (len(results) + 2))
    return "\n".join(lines)


def _rows(results: Mapping[int, Result]) -> Iterator[Row]:
    first = next(iter(results.values()))
    for case in first.cases:
        cells = [
            _times(r.figures.warm_times(case.name), r.figures.warm[case.name], WARM_GOAL) for r in results.values()
        ]
        yield f"{case.title}, warm", cells, f"≤ {WARM_GOAL}"
    for case in first.cases:
        if case.cold:
            goal = case.cold_goal
            cells = [_times(r.figures.cold_times(case.name), r.figures.cold[case.name], goal) for r in results.values()]
            yield f"{case.title}, first after a change", cells, f"≤ {goal:g}" if goal else ""
    edits = [(r.figures.write_times(r.figures.write), r.figures.write) for r in results.values()]
    yield "text edit of a one-date event", [_times(*edit, WRITE_GOAL) for edit in edits], f"≤ {WRITE_GOAL}"
    saves = [(r.figures.write_times(r.figures.series_write), r.figures.series_write) for r in results.values()]
    yield "text edit of a series of twelve dates", [_times(*save, None) for save in saves], ""
    yield from _growth(first, results)
    yield "memory idle (PSS)", [f"{r.idle / MEBIBYTE:.0f} MiB" for r in results.values()], ""
    loaded = [_marked(f"{r.loaded / MEBIBYTE:.0f} MiB", r.loaded <= LOADED_GOAL) for r in results.values()]
    yield "memory loaded (PSS)", loaded, f"≤ {LOADED_GOAL // MEBIBYTE} MiB"
    feeds = [
        _marked(f"{r.feed_bytes:,} ({r.feed_bytes // size})", size > 1000 or r.feed_bytes < FEED_GOAL)
        for size, r in results.items()
    ]
    yield "bytes of the full feed (per event)", feeds, f"< {FEED_GOAL:,} at 1,000"
    yield "bytes stored per event", [f"{r.stored_bytes // size:,}" for size, r in results.items()], ""


def _growth(first: Result, results: Mapping[int, Result]) -> Iterator[Row]:
    for case in first.cases:
        if case.grows or len(results) < 2:
            continue
        for kind in ("warm", "cold"):
            smallest = median(getattr(first.figures, kind)[case.name])
            grown = [median(getattr(r.figures, kind)[case.name]) / smallest for r in results.values()]
            yield f"{case.title}, {kind}: growth", [_times(g, None, GROWTH_GOAL) for g in grown], f"≤ {GROWTH_GOAL}"


def _times(times: float, samples: list[float] | None, goal: float | None) -> str:
    text = f"{times:.1f}" if times >= 10 else f"{times:.2f}"
    if samples is not None:
        text += f" ({median(samples) * 1e6:,.0f} µs)"
    return _marked(text, goal is None or times <= goal)


def _marked(text: str, reached: bool) -> str:
    return text if reached else f"**{text}**"
