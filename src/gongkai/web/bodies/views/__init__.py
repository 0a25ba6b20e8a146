"""网页 — signing in, the own account, and the pages of the three administrators (条例 第四条)."""
