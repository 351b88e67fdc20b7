"""Deciding on one card. May import dialogs and widgets."""
