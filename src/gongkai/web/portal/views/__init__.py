"""网页 — the pages of the portal (条例 第二十三条)."""
