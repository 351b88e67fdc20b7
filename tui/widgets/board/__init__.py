"""The list of ranked cards, drawn line by line. May import the other widgets; knows no session."""
