"""How fast many are written to: `python -m bench.broadcasts [--only WHICH] [--people N]`.

A Bot API server on the loopback, in this process, counts what `kutse run` sends it. Printed are
figures beside their bars; nothing is asserted. It reads /proc, so it needs Linux.
"""

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.sending import announced, budget, lifted, million, replicas

MEASURES: Mapping[str, tuple[Callable[[Path, int], Awaitable[None]], int]] = {
    "budget": (budget.measure, 3_000),
    "lifted": (lifted.measure, 8_000),
    "million": (million.measure, 1_000_000),
    "announced": (announced.measure, 5_000),
    "replicas": (replicas.measure, 1_500),
}
"""What can be measured, and with how many people."""


async def main(which: list[str], people: int | None) -> None:
    """Measure, one after the other, and print it."""
    print(f"{os.cpu_count()} cores; of others, {os.getloadavg()[0]:.1f} processes want one now.")
    for name in which:
        measure, usual = MEASURES[name]
        with TemporaryDirectory() as folder:
            await measure(Path(folder), people or usual)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=str(__doc__).partition(":")[0])
    parser.add_argument("--only", choices=list(MEASURES))
    parser.add_argument("--people", type=int, help="another number of them")
    chosen = parser.parse_args()
    asyncio.run(main([chosen.only] if chosen.only else list(MEASURES), chosen.people))
