"""办理 — what is done with bodies, people, appointments and accounts; each is journalled (条例 第四条)."""
