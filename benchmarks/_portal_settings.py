"""测速用的设置 — those of the platform, with the bare view beside it."""

from gongkai.web.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks._portal_urls"
