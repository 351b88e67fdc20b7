"""The list of ranked cards, drawn line by line. May import `widgets`."""
