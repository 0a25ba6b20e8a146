"""附件 — upload, sniffing, scanning, storage, public copies (条例 第二十四条)."""
