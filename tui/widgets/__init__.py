"""What screens are made of. A widget knows no screen and no session. May import no other package."""
