"""Discussing one card: timer, scores before and after, the outcome. May import dialogs and widgets."""
