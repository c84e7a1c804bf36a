"""The one place that reads the machine's clock."""

from datetime import UTC, datetime


def system_clock() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the clock that everybody else is given
