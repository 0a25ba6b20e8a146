"""文字 — folding, numerals, personal data, proofreading, likeness: text in, values with places out."""
