"""How votes are collected and drawn. Shared by ballot, discussion, consent and replay. May import `dialogs`, `host`, `widgets`."""
