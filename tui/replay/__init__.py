"""Watching a recorded session again. May import dialogs and widgets."""
