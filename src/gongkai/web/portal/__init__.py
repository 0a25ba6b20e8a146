"""公开平台 — everything the public reads; answers GET alone, changes nothing (条例 第二十三条、第二十四条)."""
