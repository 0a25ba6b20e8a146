"""接口 — what other systems of an office do here by HTTP: file a draft, ask how it stands, read what is public."""
