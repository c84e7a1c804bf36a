"""The command `kutse`, also as `python -m bot`."""

from bot.cli import kutse


def main() -> None:
    """Run the command line; the process ends with its exit code."""
    kutse(prog_name="kutse")


if __name__ == "__main__":
    main()
