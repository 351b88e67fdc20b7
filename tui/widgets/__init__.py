"""What screens are made of. May import `text` and `themes`; a widget knows no screen and no session."""
