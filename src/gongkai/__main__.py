"""命令行入口 — the door of the command `gongkai`; answers `--version` before anything is loaded."""

import sys


def main() -> int:
    """命令行入口 — run the command line and return its exit status (interchange: 0, 1, 2, 64)."""
    words = sys.argv[1:]
    if "--version" in (words[: words.index("--")] if "--" in words else words):
        from gongkai import __version__

        words = ["--version"]
        if sys.stdout is not None:
            try:
                sys.stdout.write(f"gongkai {__version__}\n")
                sys.stdout.flush()
            except OSError:
                # The command line says why.
                pass
            else:
                return 0
    from gongkai.cli import run

    return run(words)


if __name__ == "__main__":
    sys.exit(main())
