"""条例 — the law as rules and data: sources, terms, working days, time limits, fees. Standard library only."""
