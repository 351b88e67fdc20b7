"""The plan, why a card waits, and the forms for teams and work. May import `cards`, `dialogs`, `host`, `widgets`."""
