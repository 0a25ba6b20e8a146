"""年度报告 — 政府信息公开工作年度报告: form, figures, reading, checks, tally (条例 第四十九条、第五十条)."""
