"""The command `kutse`, also as `python -m bot`."""

from bot.for_good import kept_for_good


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    with kept_for_good():
        from bot.cli import kutse  # noqa: PLC0415  # what it reads in is to be kept for good

    kutse(prog_name="kutse")


if __name__ == "__main__":
    main()
