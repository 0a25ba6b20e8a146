"""样式 — the look of every page: base templates, tags, tokens, error pages, and how a reader wants them."""
