"""Trying a change to the plan without recording it. May import `plan`, dialogs and widgets."""
