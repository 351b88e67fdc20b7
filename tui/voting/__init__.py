"""How votes are asked for and drawn. Shared by ballot, discussion, consent and replay. May import `host`, dialogs and widgets."""
