"""公开主体 — bodies, offices, staff, roles, sign-in (条例 第四条、第十条)."""
