"""Jira: the CSV of a search, with all fields or the current ones, and the JSON of its search API."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sessions.imports.known.markup import of_wiki
from sessions.imports.known.spec import Estimate, Item, Items, LeftOut, Spec
from sessions.imports.known.values import at, cells_by_name, entries, filled, in_words

_CUSTOM = re.compile(r"(?:Custom field|Benutzerdefinierte[sr]? Felde?r?|Campo personalizado|Champs? personnalisés?) \((.+)\)\s*$", re.DOTALL)
_OF_CLOUD = {
    "customfield_10016": "Story point estimate", "customfield_10014": "Epic Link", "customfield_10020": "Sprint", "customfield_10019": "Rank",
}  # fmt: skip
"""Custom fields that every site of Jira Cloud has, if the answer does not name them."""
_SYSTEM = {
    "summary": "Summary", "issuetype": "Issue Type", "status": "Status", "priority": "Priority", "resolution": "Resolution",
    "assignee": "Assignee", "reporter": "Reporter", "creator": "Creator", "created": "Created", "updated": "Updated", "duedate": "Due date",
    "resolutiondate": "Resolved", "labels": "Labels", "components": "Components", "fixVersions": "Fix versions", "versions": "Affects versions",
    "timeoriginalestimate": "Original estimate", "timeestimate": "Remaining Estimate", "timespent": "Time Spent", "environment": "Environment",
    "project": "Project name", "workratio": "Work Ratio", "lastViewed": "Last Viewed", "statuscategorychangedate": "Status Category Changed",
    "aggregatetimeoriginalestimate": "Σ Original Estimate", "aggregatetimeestimate": "Σ Remaining Estimate",
    "aggregatetimespent": "Σ Time Spent", "votes": "Votes", "watches": "Watchers", "security": "Security Level",
}  # fmt: skip
_APART = frozenset({
    "parent", "issuelinks", "description", "subtasks", "comment", "worklog", "attachment", "progress", "aggregateprogress", "timetracking",
})  # fmt: skip
"""Fields of an issue that are read by themselves, or say what others say."""


_ELSEWHERE = {
    "Summary": ("Zusammenfassung", "Resumen", "Resumo", "Résumé"),
    "Issue key": ("Vorgangsschlüssel", "Clave de incidencia", "Chave da item", "Chave do item", "Clé de ticket"),
    "Issue id": ("Vorgangs-ID", "ID de la incidencia", "ID da item", "ID do item", "ID de ticket"),
    "Issue Type": ("Vorgangstyp", "Tipo de Incidencia", "Tipo de item", "Type de ticket"),
    "Status": ("Estado", "État"),
    "Status Category": ("Statuskategorie", "Categoría de estado", "Categoria do status"),
    "Priority": ("Priorität", "Prioridad", "Prioridade", "Priorité"),
    "Resolution": ("Lösung", "Resolución", "Resolução", "Résolution"),
    "Assignee": ("Zugewiesene Person", "Bearbeiter", "Persona asignada", "Responsável", "Personne assignée"),
    "Description": ("Beschreibung", "Descripción", "Descrição"),
    "Parent": ("Übergeordnet", "Principal", "Pai"),
    "Parent key": ("Clave principal", "Chave pai"),
    "Parent summary": ("Resumen principal",),
    "Epic Link": ("Vínculo de las épicas",),
    "Original estimate": ("Ursprüngliche Schätzung", "Estimación original", "Estimativa original", "Estimation originale"),
    "Story Points": ("Puntos de historia",),
    "Story point estimate": ("Estimación de puntos de historia",),
    "Inward issue link (Blocks)": ("Lien du ticket entrant (Blocks)", "Lien de ticket entrant (Blocks)"),
    "Outward issue link (Blocks)": ("Lien de ticket sortant (Blocks)", "Lien du ticket sortant (Blocks)"),
    "Project key": ("Projektschlüssel", "Clave del proyecto", "Chave do projeto", "Clé de projet"),
    "Project type": ("Projekttyp", "Tipo de proyecto", "Tipo de projeto", "Type de projet"),
    "Project lead": ("Projektleiter", "Responsable del proyecto"),
    "Project lead id": ("ID des Projektleiters",),
    "Project description": ("Projektbeschreibung", "Descripción del proyecto"),
    "Assignee Id": ("ID der zugewiesenen Person", "ID de la persona asignada", "ID do responsável"),
    "Reporter Id": ("ID des Autors", "ID del informador", "ID do relator"),
    "Creator": ("Ersteller", "Creador", "Criador"),
    "Creator Id": ("Ersteller-ID", "ID del creador"),
    "Updated": ("Aktualisiert", "Actualizada", "Atualizado(a)", "Mise à jour"),
    "Last Viewed": ("Zuletzt angezeigt",),
    "Resolved": ("Erledigt", "Resuelta", "Resolvido"),
    "Votes": ("Stimmen", "Votos"),
    "Watchers": ("Beobachter", "Observadores"),
    "Watchers Id": ("ID des Beobachters",),
    "Log Work": ("Arbeit protokollieren",),
    "Work Ratio": ("Verhältnis tatsächlicher zu geschätzter Arbeit",),
    "Security Level": ("Sicherheitsstufe",),
    "Attachment": ("Anhang", "Adjunto", "Anexo", "Pièce jointe"),
    "Comment": ("Kommentar", "Comentario", "Comentário", "Commentaire"),
}  # fmt: skip
"""Jira writes the header in the language of the person who exports."""


_SUB_TASK = frozenset({"sub-task", "subtask", "unteraufgabe", "subtarea", "subtarefa", "sous-tâche"})


def _renamed(column: str) -> str:
    match = _CUSTOM.match(column)
    return match[1].strip() if match else column


def _from_json(value: object) -> Items | None:
    """Return the issues of an answer of the search API."""
    issues = entries(value if isinstance(value, list) else at(value, "issues"), "key", "fields")
    if not issues or not all(isinstance(issue["fields"], dict) and "summary" in issue["fields"] for issue in issues):
        return None
    told = at(value, "names")
    names = {**_OF_CLOUD, **(told if isinstance(told, dict) else {}), **_SYSTEM}
    items = []
    for number, issue in enumerate(issues, 1):
        given = issue["fields"]
        assert isinstance(given, dict)
        cells = cells_by_name((in_words(names.get(name, name)), each) for name, each in given.items() if name not in _APART)
        cells |= {
            "Issue key": issue["key"],
            "Issue id": issue.get("id"),
            "Description": _document(given.get("description")).strip(),
            "Sprint": _sprints(cells.get("Sprint")),
            "Status Category": at(given, "status", "statusCategory", "key"),
            "Parent key": at(given, "parent", "key"),
            "Parent summary": at(given, "parent", "fields", "summary"),
            **_links(given.get("issuelinks")),
        }
        items.append(Item(number, filled(cells)))
    return Items.of(items)


def _links(links: object) -> dict[str, str]:
    """Return the links of an issue under the names of the columns of the CSV."""
    found: dict[str, list[str]] = {}
    for link in entries(links, "type"):
        for way in ("inward", "outward"):
            if key := in_words(at(link, f"{way}Issue", "key")):
                found.setdefault(f"{way.capitalize()} issue link ({in_words(at(link, 'type', 'name'))})", []).append(key)
    return {column: ", ".join(sorted(keys)) for column, keys in found.items()}


def _sprints(sprints: object) -> str:
    return ", ".join(in_words(at(sprint, "name")) or in_words(sprint) for sprint in sprints) if isinstance(sprints, list) else in_words(sprints)


def _document(value: object) -> str:
    """Return the text of a document in Atlassian's format, which newer answers have in place of wiki markup."""
    if not isinstance(value, dict):
        return in_words(value)
    if value.get("type") == "hardBreak":
        return "\n"
    text, inner = in_words(value.get("text")), value.get("content")
    parts = "".join(map(_document, inner)) if isinstance(inner, Iterable) and not isinstance(inner, str) else ""
    raw = value.get("text")
    return f"{raw if isinstance(raw, str) else text}{parts}" + ("\n" if value.get("type") in ("paragraph", "heading", "listItem") else "")


SPEC = Spec(
    tool="Jira",
    signs=(("Summary", "Issue key"), ("Summary", "Key", "Issue Type", "Status", "Priority", "Assignee", "Reporter")),
    elsewhere=_ELSEWHERE,
    fields={
        "title": ("Summary",),
        "id": ("Issue key", "Key"),
        "state": ("Status",),
        "it_partner": ("Assignee",),
        "sponsor": ("Business sponsor", "Sponsor", "Executive sponsor", "Business owner", "Requester"),
        "description": ("Description",),
        "rank": ("Priority",),
    },
    ids=("Issue id",),
    parent=("Parent key", "Parent id", "Parent", "Epic Link", "Parent Link"),
    parent_title=("Parent summary", "Epic Link Summary"),
    estimates=(
        Estimate(("Story Points", "Story point estimate", "Story Points Estimate"), "points"),
        Estimate(("Original estimate",), "hours", per=3600),
    ),
    needs=("Inward issue link (Blocks)", "Inward issue link (Blocker)", "Outward issue link (Depends)", "Outward issue link (Dependency)"),
    needed_by=("Outward issue link (Blocks)", "Outward issue link (Blocker)", "Inward issue link (Depends)", "Inward issue link (Dependency)"),
    states={
        "to do": "new", "open": "new", "reopened": "new", "backlog": "new", "selected for development": "new", "new": "new", "idea": "new",
        "discovery": "new", "ready for development": "new",
        "in progress": "in_flight", "in review": "in_flight", "code review": "in_flight", "in testing": "in_flight", "testing": "in_flight",
        "blocked": "in_flight", "on hold": "in_flight", "indeterminate": "in_flight",
        "done": "done", "closed": "done", "resolved": "done", "released": "done",
        "zu erledigen": "new", "tareas por hacer": "new", "por hacer": "new", "tarefas pendentes": "new", "a fazer": "new", "à faire": "new",
        "in arbeit": "in_flight", "in bearbeitung": "in_flight", "en curso": "in_flight", "em andamento": "in_flight", "en cours": "in_flight",
        "fertig": "done", "erledigt": "done", "finalizada": "done", "listo": "done", "concluído": "done", "concluida": "done", "terminé": "done",
        "terminé(e)": "done", "terminée": "done", "terminados": "done",
    },
    category=("Status Category",),
    clean={"Description": of_wiki, "Environment": of_wiki},
    noise=(
        "Issue id", "Project key", "Project type", "Project lead", "Project lead id", "Project description", "Project url", "Creator", "Creator Id",
        "Assignee Id", "Reporter Id", "Last Viewed", "Votes", "Watchers", "Watchers Id", "Work Ratio", "Log Work", "Comment", "Attachment",
        "Status Category", "Status Category Changed", "Σ Original Estimate", "Σ Remaining Estimate", "Σ Time Spent", "Σ*", "Security Level",
        "Development", "Rank", "Issue color", "Flagged", "Vulnerability", "Images", "Resolved", "Updated", "Epic Color", "Epic Status", "Epic Name",
        "[CHART]*", "Satisfaction*", "Request participants", "Raised during", "Outward issue link (Cloners)", "Inward issue link (Cloners)",
    ),
    left_out=(
        LeftOut("Issue Type", _SUB_TASK, "sub-task", under_parent=True),
        LeftOut("Resolution", frozenset({"won't do", "won't fix", "duplicate", "cannot reproduce", "declined"}), "dropped item"),
        LeftOut("Status", frozenset({"cancelled", "canceled", "rejected", "won't do", "declined"}), "dropped item"),
    ),
    renamed=_renamed,
    from_json=_from_json,
)  # fmt: skip
