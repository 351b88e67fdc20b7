"""The plan, why a card waits, and the forms for teams and work. May import dialogs and widgets."""
