"""Who is in the meeting: attendance, proxies, the decider. May import dialogs and widgets."""
