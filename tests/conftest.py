"""What all tests share: databases of their own, a browser, and the watch over whose rows are read."""

import pytest

pytest_plugins = ("tests.browser", "tests.databases", "tests.scoping")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let transcripts be accepted as they are said now."""
    parser.addoption("--rewrite-transcripts", action="store_true", help="accept what is said now")
