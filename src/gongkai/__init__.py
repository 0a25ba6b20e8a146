"""公开 — the open platform for the duty of 政府信息公开 (《中华人民共和国政府信息公开条例》)."""

__version__ = "0.1.0"
