"""Small windows over a screen: one question, one answer. May import `host`, `widgets` and `text`; knows no session."""
