"""模板标签 — the components of the look, one tag each."""
