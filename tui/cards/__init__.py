"""How a card is shown: its face, its detail, when it starts. Shared by board, plan and replay. May import `voting`, `widgets`."""
