"""The main region of a page: the smallest block-level element that holds most of its prose."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cleaner.html.article.blocks import Region


def main_regions(
    root: Region, regions: Iterable[Region], least: Mapping[int, float]
) -> dict[int, Region]:
    """Return for each name the smallest region with at least that much prose, going down from the root by the richest child."""
    children = _children(regions)
    return {name: _richest(root, children, prose) for name, prose in least.items()}


def _children(regions: Iterable[Region]) -> dict[Region, list[Region]]:
    """Return the children of some regions and of all around them."""
    children: dict[Region, list[Region]] = defaultdict(list)
    seen: set[Region] = set()
    for each in regions:
        region: Region | None = each
        while region and region not in seen:
            seen.add(region)
            if region.parent:
                children[region.parent].append(region)
            region = region.parent
    return children


def _richest(
    root: Region, children: Mapping[Region, list[Region]], least: float
) -> Region:
    """Return the last region on the way down from the root, by the child with the most prose, that has at least that much."""
    main = root
    while below := children.get(main):
        best = max(below, key=lambda region: (region.prose, -region.start))
        if best.prose < least:
            break
        main = best
    return main


def steps_to(main: Region, regions: Iterable[Region]) -> list[float]:
    """Return for each region how many regions up the first is that holds both it and the main one."""
    around = set()
    above: Region | None = main
    while above:
        around.add(above)
        above = above.parent
    return [_steps(region, around) for region in regions]


def _steps(region: Region, around: set[Region]) -> int:
    steps = 0
    while region not in around and region.parent:
        region = region.parent
        steps += 1
    return steps
