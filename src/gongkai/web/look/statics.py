"""静态文件 — styles and signs, each given whole as WhiteNoise has it (RFC 9110 14.2).

WhiteNoise takes a range of one byte for none and refuses it. A server may leave any range aside: these files are small.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticsMiddleware(WhiteNoiseMiddleware):  # type: ignore[misc]
    """静态文件 — the middleware that gives them (RFC 9110 14.2)."""

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> Any:
        """给出一个文件 — whole, whatever part was asked for."""
        request.META.pop("HTTP_RANGE", None)
        return WhiteNoiseMiddleware.serve(static_file, request)
