"""省力的密码散列 — as everywhere, with the least work: what tests of these processes ask is never how hard it is."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """省力的 Argon2 — the platforms that tests start as people do take the usual one."""

    time_cost = 1
    memory_cost = 8
    parallelism = 1
