"""政府信息公开平台 — the platform, the only storey that knows Django (条例 第二十四条)."""
