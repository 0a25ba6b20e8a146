"""政府信息管理 — columns, items, versions, 三审三校, openness at source (条例 第十二条、第十七条)."""
