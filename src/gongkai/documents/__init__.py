"""文档 — any file to blocks with places; knows no report. Start at `opening.open_documents`."""
