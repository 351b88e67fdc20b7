"""The words that people use for the few values that a card knows, and how a table's cell becomes one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import TypeVar

from sessions.portfolio.models import Kind, ProjectState, Seat, Side
from sessions.wording import slug, unaccented

KINDS: dict[str, Kind] = {
    "grow": "grow", "growth": "grow", "run": "run", "comply": "comply", "compliance": "comply", "direction": "direction",
}  # fmt: skip
STATES: dict[str, ProjectState] = {
    "new": "new", "proposed": "new", "proposal": "new", "planned": "new", "idea": "new", "backlog": "new", "to do": "new",
    "not started": "new", "open": "new", "approved": "new", "requested": "new",
    "in_flight": "in_flight", "in flight": "in_flight", "in progress": "in_flight", "active": "in_flight", "ongoing": "in_flight",
    "started": "in_flight", "running": "in_flight", "execution": "in_flight",
    "adopt": "adopt", "adopting": "adopt", "delivered": "adopt",
    "done": "done", "complete": "done", "completed": "done", "closed": "done", "finished": "done",
    "resolved": "done",
}  # fmt: skip
"""Delivered is not done: a delivered project is adopted first (METHOD 1, claim 16)."""
_STATES_ELSEWHERE: dict[ProjectState, str] = {
    "new": "neu, geplant, nicht begonnen, offen, idee, beantragt, genehmigt, freigegeben, "
           "nouveau, planifie, a faire, nuevo, planificado, pendiente, novo, planejado, planeado, a fazer, nuovo, "
           "pianificato, da fare, nieuw, gepland",
    "in_flight": "laufend, lauft, aktiv, begonnen, gestartet, in arbeit, in bearbeitung, in umsetzung, "
                 "en cours, en curso, en progreso, en ejecucion, em andamento, em curso, "
                 "em execucao, in corso, in esecuzione, lopend, in uitvoering",
    "adopt": "geliefert, ausgeliefert, livre, entregado, entregue, consegnato, opgeleverd",
    "done": "abgeschlossen, erledigt, beendet, fertig, termine, acheve, clos, terminado, completado, finalizado, cerrado, concluido, "
            "encerrado, resolvido, resuelto, completato, concluso, chiuso, afgerond, gereed, gesloten",
}  # fmt: skip
STATES |= {word: state for state, words in _STATES_ELSEWHERE.items() for word in words.split(", ")}
SIDES: dict[str, Side] = {
    "business": "business", "biz": "business", "bus": "business", "b": "business",
    "it": "it", "i.t.": "it", "ict": "it", "tech": "it", "technology": "it", "i": "it",
}  # fmt: skip
"""The two sides that every room has. A room may have more of them, such as a board: see `read_side`."""
SIDE_LIMIT = 20
"""The longest side, in characters."""
SEATS: dict[str, Seat] = {
    "facilitator": "facilitator", "decider": "decider", "decision maker": "decider", "voter": "voter", "voice": "voter", "member": "voter",
    "observer": "observer", "guest": "observer",
}  # fmt: skip

_COLUMNS_ELSEWHERE = {
    "title": "projektname, projekttitel, projektbezeichnung, vorgangsname, vorhaben, massnahme, bezeichnung, titel, projekt, "
             "nom du projet, titre du projet, intitule, libelle, titre, "
             "nom, projet, nombre del proyecto, titulo del proyecto, titulo, nombre, proyecto, nome do projeto, titulo do projeto, nome, projeto, "
             "nome del progetto, nome progetto, titolo, progetto, projectnaam, naam",
    "id": "projektnummer, projektnr, projektid, kennung, nummer, identifiant, codigo, codice",
    "sponsor": "auftraggeber, verantwortlich, verantwortlicher, projektverantwortlicher, fachbereich, abteilung, "
               "commanditaire, ministere, patrocinador, ministerio, committente, opdrachtgever",
    "description": "beschreibung, descripcion, descricao, descrizione, omschrijving, beschrijving",
    "benefit": "nutzen, benefices attendus, benefices, beneficios esperados, beneficios, beneficio, benefici attesi, benefici, baten",
    "budget": "gesamtkosten, gesamtbudget, kosten, budget total, cout total, cout estime, cout, presupuesto, coste total, coste, costo, "
              "orcamento, custo total, custo, costo totale",
    "budget_currency": "wahrung, devise, moneda, moeda, valuta",
    "rank": "rang, prioritat, priorite, prioridad, prioridade, priorita, prioriteit",
    "objective": "ziel, objectif, objetivo, obiettivo, doel",
    "it_partner": "itverantwortlicher, itverantwortlich",
    "effort": "aufwand, gesamtaufwand, planaufwand, geplanter aufwand, geschatzter aufwand, "
              "charge de travail, esfuerzo, esforco, impegno, inspanning",
    "needs": "vorganger, abhangig von, abhangigkeiten, abhangigkeit, voraussetzungen, voraussetzung, predecesseurs, predecesseur, depend de, "
             "dependances, predecesoras, predecesores, depende de, dependencias, predecessoras, predecessori, dipende da, dipendenze, voorgangers, "
             "afhankelijk van, afhankelijkheden",
    "deadline_week": "fertig bis, endtermin, falligkeit, fallig am, frist, echeance, date limite, fecha limite, vencimiento, prazo, data limite, "
                     "scadenza, uiterste datum",
    "state": "projektstatus, statut, etat, estado, stato, situacao",
    "note": "bemerkung, kommentar, remarque, commentaire, observaciones, observacoes",
}  # fmt: skip
COLUMNS_ELSEWHERE: Mapping[str, tuple[str, ...]] = {field: tuple(names.split(", ")) for field, names in _COLUMNS_ELSEWHERE.items()}
"""Field of a card -> names of columns in German, French, Spanish, Portuguese, Italian and Dutch, without accents."""

_T = TypeVar("_T")
_YES = frozenset({"1", "1.0", "yes", "y", "true", "t", "x", "✓", "on"})
_NO = frozenset({"", "0", "0.0", "no", "n", "false", "f", "-", "off"})
_WHOLE = re.compile(r"([+-]?[0-9]{1,12})(?:[.,]0+)?")


def read_flag(text: str) -> bool | None:
    """Read yes or no; None if the text is neither."""
    word = text.strip().casefold()
    return True if word in _YES else False if word in _NO else None


def parse_integer(text: str) -> int | None:
    """Read a whole number, as a spreadsheet may write it (`3`, `3.0`); None if the text is not one."""
    match = _WHOLE.fullmatch(text.strip())
    return int(match[1]) if match else None


def read_side(text: str) -> Side | None:
    """Read a side: business or IT in any of their words, or another one, as a slug. None if the text is empty or misspells a side."""
    known = read_word(text, SIDES)
    if known:
        return known
    side = slug(text, SIDE_LIMIT)
    # A misspelt "busines" must not become a third side with as many votes as the other two.
    return side if side and not get_close_matches(side, ("business", "technology", "it"), cutoff=0.7) else None


def read_word(text: str, words: Mapping[str, _T]) -> _T | None:
    """Read one of the words, in any case, with or without accents, with spaces or underscores; None if it is not among them."""
    word = unaccented(" ".join(text.casefold().replace("_", " ").split()))
    return words.get(word, words.get(word.replace(" ", "_")))
