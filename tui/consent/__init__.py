"""Asking for consent to a decision. May import dialogs and widgets."""
