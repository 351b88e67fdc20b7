"""The benefit of a card in words: its parts as one sentence (METHOD 1.1)."""

from __future__ import annotations

from sessions.portfolio.models import Benefit
from sessions.wording import worth_name

ARROW = " → "


def benefit_words(benefit: Benefit) -> str:
    """Return the benefit in one sentence, without its amount: as it was written, or the filled parts of its chain."""
    return benefit.text or ARROW.join(part for part in (benefit.change, benefit.effect, benefit.business_effect) if part)


def benefit_sentence(benefit: Benefit, currency: str) -> str:
    """Return the benefit with what it is worth a month."""
    return ARROW.join(part for part in (benefit_words(benefit), worth_name(benefit.monthly, currency)) if part)
