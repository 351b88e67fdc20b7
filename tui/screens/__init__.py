"""The screens, one file each, named as a user would call them."""
