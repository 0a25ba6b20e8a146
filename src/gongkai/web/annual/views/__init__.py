"""页面 — what the desk answers with (条例 第五十条)."""
