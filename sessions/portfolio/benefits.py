"""The benefit of a card in words: its parts as one sentence (METHOD 1.1)."""

from __future__ import annotations

import re

from sessions.portfolio.checks import benefit_depth
from sessions.portfolio.models import Benefit, Project
from sessions.wording import worth_name

ARROW = " → "
_THOUSANDS = r"(?<=\d)[,.'’\s](?=\d{3}(?!\d))"
_AMOUNT = r"(?<![\d.,])\d+(?! ?%)(?= a month| ?/ ?month| per month)"
"""An amount a month without its separators."""


def benefit_words(benefit: Benefit) -> str:
    """Return the benefit in one sentence, without its amount: as it was written, or the filled parts of its chain."""
    return benefit.text or ARROW.join(part for part in (benefit.change, benefit.effect, benefit.business_effect) if part)


def benefit_sentence(benefit: Benefit, currency: str) -> str:
    """Return the benefit with what it is worth a month, unless its words name that amount already."""
    words, worth = benefit_words(benefit), worth_name(benefit.monthly, currency)
    if worth and (worth.removesuffix(" a month") in words or str(benefit.monthly) in re.findall(_AMOUNT, re.sub(_THOUSANDS, "", words))):
        return words
    return ARROW.join(part for part in (words, worth) if part)


def with_first_wording(old: Project, new: Project) -> Project:
    """Return an edited card that keeps the first wording of its benefit, once more of the chain is filled (METHOD 1, claim 22)."""
    words = benefit_words(old.benefit)
    kept = old.order_taker_version or new.order_taker_version
    if kept or not words or words == benefit_words(new.benefit) or benefit_depth(new) <= benefit_depth(old):
        return new
    return new.model_copy(update={"order_taker_version": words})


def is_rewritten(card: Project) -> bool:
    """Return whether the benefit's wording differs from the first one."""
    return bool(card.order_taker_version) and bool(now := benefit_words(card.benefit)) and now.casefold() != card.order_taker_version.casefold()
