"""The real demo, started by its command."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PATIENCE_SECONDS = 30


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[str]:
    """Start `kutse demo` on any free port; give its address."""
    own = {k: v for k, v in os.environ.items() if not k.startswith("KUTSE_")}
    env = {**own, "KUTSE_DATA_FOLDER": str(tmp_path), "KUTSE_WEB_PORT": "0"}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo"], env=env, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    line = process.stdout.readline()
    address = re.search(r"http://\S+?:\d+", line)
    assert address, line
    yield address[0]
    process.terminate()
    assert process.wait(PATIENCE_SECONDS) == 0
    process.stdout.close()
