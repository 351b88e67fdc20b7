"""What a vote showed: the group's order, agreement, and the cards to discuss. May import `dialogs`, `host`, `voting`, `widgets`."""
