"""布置 — a county with its people, in the database of a platform that is yet to start."""

from __future__ import annotations


def main() -> None:
    """布置 — migrate, then the cast."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    from tests.web.cast import cast

    cast()


if __name__ == "__main__":
    main()
