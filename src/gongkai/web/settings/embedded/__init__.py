"""内嵌的数据库 — Django's SQLite with a fair turn for each writer (docs/adr/0023)."""
