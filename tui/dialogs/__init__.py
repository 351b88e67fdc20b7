"""Small windows over a screen: one question, one answer."""
