"""The board: the screen where most of a meeting happens, and the card's face. May import dialogs and widgets."""
