"""Small windows over a screen: one question, one answer. Knows no session. May import `host`, `widgets`."""
