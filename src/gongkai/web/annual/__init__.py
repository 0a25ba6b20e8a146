"""年报 — the room of the annual report: the check desk today (条例 第四十九条、第五十条)."""
