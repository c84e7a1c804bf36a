"""How fast many are written to: `python -m bench.broadcasts [--only WHICH] [--people N]`.

A Bot API server on the loopback, in this process, counts what `kutse run` sends it. Printed are
figures beside their bars; nothing is asserted. It reads /proc, so it needs Linux, and takes a
quarter of an hour; what others compute on the machine meanwhile is seen in every figure.
"""

import argparse
import asyncio
import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.loopback.people import LostReply
from bench.loopback.processes import going_first
from bench.sending import announced, budget, lifted, million, replicas

MEASURES: Mapping[str, tuple[Callable[[Path, int], Awaitable[None]], int]] = {
    "budget": (budget.measure, 3_000),
    "lifted": (lifted.measure, 8_000),
    "million": (million.measure, 1_000_000),
    "announced": (announced.measure, 5_000),
    "replicas": (replicas.measure, 1_500),
}
"""What can be measured, and with how many people."""


async def main(which: list[str], people: int | None) -> bool:
    """Measure, one after the other, and print it; return whether all could be measured."""
    is_all = True
    print(f"{os.cpu_count()} cores; of others, {os.getloadavg()[0]:.1f} processes want one now.")
    for name in which:
        measure, usual = MEASURES[name]
        with going_first(), TemporaryDirectory() as folder:
            try:
                await measure(Path(folder), people or usual)
            except* LostReply as lost:
                is_all = False
                for why in _all_of(lost):
                    print(f"\n{name} could not be measured: {why}", file=sys.stderr)
    return is_all


def _all_of(failed: BaseException) -> Iterator[BaseException]:
    if isinstance(failed, BaseExceptionGroup):
        for one in failed.exceptions:
            yield from _all_of(one)
    else:
        yield failed


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=str(__doc__).partition(":")[0])
    parser.add_argument("--only", choices=list(MEASURES))
    parser.add_argument("--people", type=int, help="another number of them")
    chosen = parser.parse_args()
    wanted = [chosen.only] if chosen.only else list(MEASURES)
    sys.exit(0 if asyncio.run(main(wanted, chosen.people)) else 1)
