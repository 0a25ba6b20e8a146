"""画图 — charts from numbers, as accessible SVG; the standard library alone (条例 第五十条)."""
