"""工作台的页面 — for people who signed in (条例 第十七条)."""
