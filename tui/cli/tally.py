"""`quarterdeck tally`: reads a portfolio and its ballots, counts them, and prints the result as a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from rich.cells import cell_len, set_cell_size

from sessions.errors import PortfolioError, QuarterdeckError
from sessions.imports.ballots.detect import reader_for
from sessions.imports.ballots.file import read_ballots
from sessions.imports.ballots.names import side_id
from sessions.imports.ballots.preflib import is_preflib, read_preflib
from sessions.imports.ballots.values import Abstention, AnyBallot, Gathered, Wrong, at_most_once
from sessions.imports.formats.encoding import decode
from sessions.imports.formats.files import is_spreadsheet, read_bytes, source_name
from sessions.imports.portfolio import NOTHING_SAID, Said, read_portfolio
from sessions.imports.vocabulary import parse_integer
from sessions.portfolio.models import Portfolio
from sessions.rounds.methods.order import OrderSpec, Votes
from sessions.rounds.methods.registry import METHODS, order_spec
from sessions.rounds.tally import SIDE_ORDER, TallyReport, tally_report
from sessions.sanitize import ELLIPSIS, clean, quoted
from sessions.voting.agreement import UNDEFINED, agreement_word
from sessions.voting.points import order_depends_on_counting
from sessions.voting.wants import wants_words
from sessions.voting.weights import Weighting
from sessions.wording import listed, place_name, plural, side_name

ITSELF = Path("-")
"""In place of the portfolio: the alternatives of the ballots file are the cards."""
_EVERYBODY = "everybody"
"""The side of all voters if no sides are known."""
_WIDEST = 44
"""Cells of the longest title; a longer one is cut."""
_MOST_TOLD = 5
"""Cards of the table that are worth discussing."""
_WEIGHTINGS: Mapping[Weighting, str] = {"sides": "every side weighs the same", "person": "every voter weighs the same"}


@dataclass(frozen=True, slots=True)
class TallyResult:
    """Ballots counted under both weightings, the requested one first, and one sentence per refusal."""

    tallied: TallyReport
    other: TallyReport
    abstained: int
    refused: tuple[str, ...]


def count_files(
    portfolio: Path, files: Sequence[Path], method: str, weighting: Weighting, shares: Mapping[str, int], said: Said = NOTHING_SAID
) -> TallyResult:
    """Count the ballots in files, or in the files of a folder. Without a method, the first file determines it.

    Raises PortfolioError for what cannot be read, QuarterdeckError if no ballot counts or the shares fit no side.
    """
    paths = [path for file in files for path in _files(file)]
    texts = [(path, read_bytes(path)) for path in paths]
    on = _portfolio(portfolio, texts[0], said)
    cards = [card.id for card in on.projects]
    path, data = texts[0]
    spec = order_spec(method) if method else _spec_for(data, source_name(path), cards)
    read = [_read(spec, data, source_name(path), on, cards) for path, data in texts]

    def wrong(ballot: AnyBallot) -> str:
        fault = spec.check_vote(ballot, cards)
        return fault.detail if fault else ""

    votes, abstained, refused = _votes([file.checked(wrong) for file in read], on, shares)
    both = {each: tally_report(spec, on, votes, each) for each in _WEIGHTINGS}
    tallied, other = both.pop(weighting), next(iter(both.values()))
    if tallied is None or other is None:
        why = f" ({refused[0].rstrip('.')})" if refused else ""
        raise QuarterdeckError(f"{source_name(path)}: there is no ballot that counts{why}, so the order stays as it is.")
    return TallyResult(tallied, other, abstained, refused)


def _files(path: Path) -> list[Path]:
    """Return a file, or those of a folder."""
    if not path.is_dir():
        return [path]
    found = sorted(each for each in path.iterdir() if each.is_file() and not each.name.startswith("."))
    if not found:
        raise PortfolioError(f"{source_name(path)}: there is no file in this folder.")
    return found


def _portfolio(path: Path, ballots: tuple[Path, bytes], said: Said) -> Portfolio:
    """Read the cards: of a portfolio, or the alternatives of a rank-order file, if need be that of the ballots."""
    name = source_name(ballots[0] if path == ITSELF else path)
    data = ballots[1] if path == ITSELF else read_bytes(path)
    if not is_spreadsheet(data) and is_preflib(text := decode(data, name, said.how.encoding).text):
        return read_preflib(text, name).portfolio()
    if path == ITSELF:
        raise QuarterdeckError(f"{name}: these ballots do not say what their cards are called; name the portfolio's file instead of -.")
    return read_portfolio(data, name, *said).portfolio


def check_method(method: str) -> str:
    """Return what is wrong with the name of a method, or nothing."""
    names = [spec.name for spec in _order_specs()]
    return "" if not method or method in names else f"{quoted(method)} is not one of {', '.join(names)}."


def _order_specs() -> list[OrderSpec[Any]]:
    return [spec for spec in METHODS.values() if isinstance(spec, OrderSpec)]


def _spec_for(data: bytes, name: str, cards: Sequence[str]) -> OrderSpec[Any]:
    """Return the method whose ballots a file holds for certain, else the first one."""
    specs = _order_specs()
    reader = reader_for(data, name, cards, [spec.reader for spec in specs])
    return next(spec for spec in specs if spec.reader is reader)


def _read(spec: OrderSpec[Any], data: bytes, name: str, portfolio: Portfolio, cards: Sequence[str]) -> Gathered[AnyBallot]:
    if spec.reader.reads_rank_orders and not is_spreadsheet(data) and is_preflib(text := decode(data, name).text):
        return read_preflib(text, name).ballots(portfolio)
    return read_ballots(data, name, spec.reader, portfolio.participants or None, cards)


def _votes(files: Sequence[Gathered[AnyBallot]], portfolio: Portfolio, shares: Mapping[str, int]) -> tuple[Votes[Any], int, tuple[str, ...]]:
    """Return the ballots that count, how many voters abstained, and what was refused.

    The sides come from the portfolio's participants, else from the ballots; else there is one side.
    """
    said = {voice: side for file in files for voice, side in file.sides.items()}
    if portfolio.participants:
        said = {person.id: person.side for person in portfolio.participants}
        if not any(voice in said for file in files for voice in file.ballots):
            said = {}  # a rank-order file: its voters are not in the portfolio
    elif said:
        lacking = Wrong("this voter has no side, others have", "side")
        files = [file.refusing({voice: lacking for voice in file.ballots if voice not in said}) for file in files]
    files = at_most_once(files)
    all_ballots = {voice: ballot for file in files for voice, ballot in file.ballots.items()}
    ballots = {voice: ballot for voice, ballot in all_ballots.items() if not isinstance(ballot, Abstention)}
    sides = {voice: said.get(voice, _EVERYBODY) for voice in ballots}
    times = {voice: count for file in files for voice, count in file.times.items()}
    refused = tuple(sentence for file in files for sentence in file.sentences())
    cards = [card.id for card in portfolio.projects]
    last = {card.id: card.previous_rank for card in portfolio.projects}
    return Votes(ballots, sides, cards, last, _shares(shares, sides), times), len(all_ballots) - len(ballots), refused


def read_shares(text: str, weighting: Weighting) -> dict[str, int]:
    """Read `business=60,it=40`, a whole number from 1 for each side; empty for an empty text. Raises ValueError, one sentence."""
    if text and weighting == "person":
        raise ValueError("shares weigh sides, and --weights person weighs every voter the same; give one of the two.")
    shares: dict[str, int] = {}
    for part in filter(str.strip, text.split(",")):
        name, _, figure = part.partition("=")
        share = parse_integer(figure)
        if not side_id(name) or side_id(name) in shares or share is None or share < 1:
            raise ValueError(f"{quoted(part)} is not one side and its share; write them as business=60,it=40.")
        shares[side_id(name)] = share
    if text and not shares:
        raise ValueError(f"{quoted(text)} names no side; write them as business=60,it=40.")
    return shares


def _shares(shares: Mapping[str, int], sides: Mapping[str, str]) -> Mapping[str, int] | None:
    voting = set(sides.values())
    if shares and voting and voting != set(shares):
        raise QuarterdeckError(f"--shares: a share is needed for each side that has a ballot, and for no other: {', '.join(sorted(voting))}.")
    return shares or None


def tally_lines(count: TallyResult) -> list[str]:
    """Return the tally as lines of text: the order with each side's own, how far the voters agree, and what to discuss."""
    tallied = count.tallied
    return [_head(count), "", *_table(tallied), "", _agreed(tallied), *_depends(count), "", *_talk(tallied)]


def _head(count: TallyResult) -> str:
    tallied = count.tallied
    sides = ", ".join(f"{side_name(side)} {tallied.voters[side]}" for side in _sides(tallied))
    away = f", {plural(count.abstained, 'abstention')}" if count.abstained else ""
    return f"{tallied.spec.label.capitalize()}: {plural(sum(tallied.voters.values()), 'ballot')} ({sides}){away}; {_weighed(tallied)}."


def _weighed(tallied: TallyReport) -> str:
    """Return the weights: every side the same, or business 60 and IT 40."""
    if not tallied.shares:
        return _WEIGHTINGS[tallied.weighting]
    return f"the sides weigh {listed([f'{side_name(side)} {tallied.shares[side]}' for side in _sides(tallied)])}"


def _table(tallied: TallyReport) -> list[str]:
    titles = {card.id: _cut(f"{card.id} {card.title}" if card.id != card.title else card.id) for card in tallied.portfolio.projects}
    width = max(map(cell_len, [*titles.values(), "Card"]))
    own = {side: tallied.places(side) for side in _sides(tallied)}
    names = {side: side_name(side) for side in own} if len(own) > 1 else {}
    lines = [_row("#", set_cell_size("Card", width), tallied.spec.total_name, "Wins", [names[side] for side in names], names)]
    for rank, card in enumerate(tallied.order, 1):
        if rank == tallied.k + 1:
            lines.append(f"  ── the first {tallied.k} end here ──")
        places = [place_name(own[side].get(card)) for side in names]
        wins = str(tallied.duels.duels[card].won)
        lines.append(_row(str(rank), set_cell_size(titles[card], width), str(tallied.shown_total(card)), wins, places, names))
    return lines


def _row(rank: str, card: str, total: str, wins: str, places: Sequence[str], names: Mapping[str, str]) -> str:
    own = "".join(f"  {place:>{max(cell_len(name), 5)}}" for place, name in zip(places, names.values(), strict=True))
    return f"{rank:>4}  {card}  {total:>8}  {wins:>5}{own}".rstrip()


def _agreed(tallied: TallyReport) -> str:
    agreed = tallied.agreement
    parts = [f"all {_figure(agreed.w_all)}"]
    parts += [f"{side_name(side)} {_figure(w)}" for side, w in agreed.w_by_side.items() if len(agreed.w_by_side) > 1]
    tau = UNDEFINED if agreed.tau_b is None else f"{agreed.tau_b:.2f}"
    return f"Agreement (Kendall's W): {', '.join(parts)}; between the sides (tau-b) {tau}."


def _figure(w: Fraction | None) -> str:
    return UNDEFINED if w is None else f"{float(w):.2f} {agreement_word(w)}"


def _depends(count: TallyResult) -> list[str]:
    """Return the first cards that depend on how voters are counted (METHOD 3.1)."""
    only, others = order_depends_on_counting(count.tallied.order, count.other.order, count.tallied.k)
    if not only:
        return []
    otherwise = f"where {_weighed(count.other)}, {', '.join(others)} would be among the first, not {', '.join(only)}"
    return [clean(f"The order depends on how voters are counted: {otherwise}.", 1000)]


def _talk(tallied: TallyReport) -> list[str]:
    everybody = sum(tallied.voters.values())
    told = [each for each in tallied.attention if each.attention and 0 < sum(tallied.wants[each.card].values()) < everybody][:_MOST_TOLD]
    if not told:
        return ["No card needs discussion: the ballots say the same of all."]
    lines = ["Worth discussing:"]
    for each in told:
        lines.append("  " + clean(f"{each.card}  {float(each.attention):.2f}  {_wants(tallied, each.card)}", 300))
    return lines


def _wants(tallied: TallyReport, card: str) -> str:
    """Return how many voters want a card now; without known sides of all of them."""
    names = {side: "" if side == _EVERYBODY else side for side in _sides(tallied)}
    return wants_words({names[side]: tallied.wants[card][side] for side in names}, {names[side]: tallied.voters[side] for side in names})


def _sides(tallied: TallyReport) -> list[str]:
    """Return the sides with a ballot, business and IT first."""
    known = set(tallied.sides.values())
    return [side for side in SIDE_ORDER if side in known] + sorted(known - set(SIDE_ORDER))


def _cut(text: str) -> str:
    text = clean(text, 300)
    return text if cell_len(text) <= _WIDEST else set_cell_size(text, _WIDEST - 1).rstrip() + ELLIPSIS
