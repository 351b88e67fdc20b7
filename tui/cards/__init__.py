"""How a card is shown: its face, its detail, when it starts. Shared by all screens of cards. May import `voting`, `widgets`."""
