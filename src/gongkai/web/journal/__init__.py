"""办理记录 — append-only, hash-chained, anchored every day; imports no other room (条例 第四十五条)."""
