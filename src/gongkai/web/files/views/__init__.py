"""附件的页面 — for the public, and for the people of the body (条例 第二十四条)."""
