"""How many pages may be open at once, as far as the system is concerned."""

import subprocess
import sys

ASK = """
import resource
from bot.open_files import allow_many
resource.setrlimit(resource.RLIMIT_NOFILE, ({soft}, {hard}))
allow_many()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def limits(soft: int, hard: int) -> tuple[int, ...]:
    """Return the limits of a process that was given these, and asked for more."""
    code = ASK.format(soft=soft, hard=hard)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return tuple(int(limit) for limit in done.stdout.split())


def test_a_server_takes_as_many_files_as_it_wants_and_may() -> None:
    assert limits(1024, 18_000) == (16_384, 18_000)
    assert limits(1024, 4096) == (4096, 4096)
    assert limits(17_000, 18_000) == (17_000, 18_000)
