"""How votes are collected and drawn. Shared by all that show votes, and by the terminal that joins. May import `dialogs`, `host`, `widgets`."""
