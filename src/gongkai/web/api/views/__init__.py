"""接口的页面 — tokens for the administrator, a description for whoever connects a system."""
