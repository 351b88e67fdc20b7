"""The one page, as it will be saved. May import `dialogs`, `host`."""
