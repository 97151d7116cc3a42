"""The cause tracer: walk an outcome upstream, one "why?" at a time.

The content is data, one YAML file beside the lesson that uses it (``tracer.yml`` in the module's folder)::

    title: Why did …?                    # the question, as a reader would ask it
    start: death-gap                     # id of the node to start from; its level is outcome
    nodes:
      - id: death-gap                    # lower-case words joined by hyphens, unique
        level: outcome                   # outcome | body | conditions | institutions | decisions
        label: More deaths in …          # what stands on the trail: at most 60 characters
        clause: more people died in …    # the claim as a clause, without capital or full stop: the last
                                         # sentence reads "<clause>, because <clause> (source), because …"
        claim: >-                        # what is known, in one to three sentences (*em*, **strong**, [t](url))
          In … the rate was …
        evidence:
          strength: cohort               # trial | natural experiment | cohort | review | descriptive | case study
                                         # | record | argued
          source: Author and others, Journal, year
          url: https://doi.org/…
          note: …                        # optional: what this evidence can and cannot show
        stop_here:
          story: A story that stops here says that …
          responsible: person            # person | community | institution | decision | nobody
          why: …                         # why that story makes them responsible, and what it leaves out:
                                         # the feedback on the learner's guess
          close: {institution: …}        # optional: feedback for one wrong guess, by what was guessed
        lever:                           # required at institutions and decisions, optional elsewhere
          who: who can change it
          when: 2007                     # a year, a date or a period
          what: what was done
          result: what happened when it changed, or that nobody has measured it
          source: …                      # optional; a number in `result` needs one
          url: https://…                 # optional, with source
        links:                           # upstream: to the same level or further up, never back down
          - to: crowded-work
            ask: Why were … exposed?     # optional: the question on the button; otherwise the node's label alone
            how: the mechanism, in one or two sentences

The levels run from downstream to upstream: the outcome; body and exposure; living and working conditions;
institutions' practices; decisions and power. A node without links ends a trail, so it must be at ``institutions`` or
``decisions``: a trail that ended in a body or a household would leave the cause with the people it happened to. Every
node must be reached from the start. What breaks a rule is refused with a :class:`~equitykit.errors.CourseError`
that names the node and the field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import traitlets
import yaml

from equitykit.errors import CourseError
from equitykit.widgets.base import Interactive

LEVELS = {
    "outcome": "What happened",
    "body": "Body and exposure",
    "conditions": "Living and working conditions",
    "institutions": "Institutions’ practices",
    "decisions": "Decisions and power",
}
"""The levels from downstream to upstream, as a trail names them."""

STRENGTHS = {
    "trial": "Randomised trial",
    "natural experiment": "Natural experiment",
    "cohort": "Cohort study",
    "review": "Review of studies",
    "descriptive": "Descriptive data",
    "case study": "Case study",
    "record": "Law, inquiry or official record",
    "argued": "Argued, not measured",
}
"""What a claim rests on."""

RESPONSIBLE = {
    "person": "the person",
    "community": "the community",
    "institution": "an institution",
    "decision": "a decision",
    "nobody": "nobody: nature or chance",
}
"""Whom a story holds responsible."""

TABLE_HEAD = ["Step", "What is known", "Source", "A story that stops here holds responsible"]
UNGUESSED = "guess first"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LABEL = 60
_ENDS = ("institutions", "decisions")


class CauseTracer(Interactive):
    """Walk an outcome upstream: choose a "why?", guess whom a story that stops here blames, go on.

    Parameters
    ----------
    spec : str, pathlib.Path or mapping
        The content, as the module's docstring lays it out, or the path of a YAML file with it.
    name : str
        Stable id in the page.
    path : sequence of str, optional
        The trail walked at first, from the start upstream; the start alone by default.
    label : str
        Accessible name.

    Attributes
    ----------
    path : list of str
        Ids of the trail being walked, from the outcome upstream.
    kept : list of str
        Ids of a trail kept for comparison, empty without one.
    guesses : dict of str to str
        By node id, whom the learner thought the story held responsible: a key of ``RESPONSIBLE``.

    Raises
    ------
    CourseError
        When the content breaks a rule, naming the node and the field.
    """

    module = "tracer"

    path = traitlets.List(traitlets.Unicode()).tag(sync=True)
    kept = traitlets.List(traitlets.Unicode()).tag(sync=True)
    guesses = traitlets.Dict(key_trait=traitlets.Unicode(), value_trait=traitlets.Enum(tuple(RESPONSIBLE))).tag(
        sync=True
    )
    spec = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        spec: str | Path | Mapping[str, Any],
        *,
        name: str,
        path: Sequence[str] | None = None,
        label: str = "Trace the cause upstream",
    ) -> None:
        where = "CauseTracer" if isinstance(spec, Mapping) else str(spec)
        content = validate(spec if isinstance(spec, Mapping) else _read(Path(spec)), where)
        walked = _path(content, list(path) if path else [content["start"]], where)
        state = {"spec": content, "path": walked, "kept": [], "guesses": {}}
        super().__init__(name=name, label=label, words=words(state), table=table(state), **state)

    @traitlets.observe("path", "kept", "guesses")
    def _retell(self, _change: Any) -> None:
        """Keep words and table true when the state is set from Python, whether or not a page shows it."""
        if self.spec and self.path:
            state = self.state()
            self.words, self.table = words(state), table(state)

    @traitlets.validate("path")
    def _path_exists(self, proposal: dict[str, Any]) -> list[str]:
        return _path(self.spec, proposal["value"], "CauseTracer")

    @traitlets.validate("kept")
    def _kept_exists(self, proposal: dict[str, Any]) -> list[str]:
        return _path(self.spec, proposal["value"], "CauseTracer: kept") if proposal["value"] else []


def explanation(spec: Mapping[str, Any], path: Sequence[str]) -> str:
    """Return a trail as one sentence: each clause, because the next, with its source.

    Parameters
    ----------
    spec : mapping
        Content that :func:`validate` returned.
    path : sequence of str
        Node ids from the start upstream.
    """
    nodes = _nodes(spec)
    said = ", because ".join(f"{nodes[one]['clause']} ({nodes[one]['evidence']['source']})" for one in path)
    return f"{said[:1].upper()}{said[1:]}."


def words(state: Mapping[str, Any]) -> str:
    """Return a state in words, as the page's script says it.

    Parameters
    ----------
    state : mapping
        ``spec``, ``path``, ``kept`` and ``guesses``.
    """
    spec, path = state["spec"], state["path"]
    nodes = _nodes(spec)
    node = nodes[path[-1]]
    parts = [
        f"{spec['title']} Step {len(path)}, {LEVELS[node['level']].lower()}: {node['label']}. {_plain(node['claim'])}",
        f"Evidence: {STRENGTHS[node['evidence']['strength']].lower()}, {node['evidence']['source']}.",
        f"If the story stopped here: {_plain(node['stop_here']['story'])}",
    ]
    if node["id"] in state["guesses"]:
        parts.append(
            f"It holds responsible: {RESPONSIBLE[node['stop_here']['responsible']]}. {_plain(node['stop_here']['why'])}"
        )
    if node["links"]:
        asked = "; ".join(_plain(link["ask"] or nodes[link["to"]]["label"]) for link in node["links"])
        parts.append(f"To go on, ask: {asked}")
    else:
        parts.append("The trail ends here, where somebody decides.")
    if len(path) > 1:
        parts.append(f"The explanation so far: {explanation(spec, path)}")
    if state["kept"]:
        parts.append(f"The trail kept to compare: {explanation(spec, state['kept'])}")
    return " ".join(parts)


def table(state: Mapping[str, Any]) -> list[list[str]]:
    """Return a trail as rows, as the page's script writes them.

    Whom a story holds responsible is told once the learner has guessed or gone on.

    Parameters
    ----------
    state : mapping
        ``spec``, ``path``, ``kept`` and ``guesses``.
    """
    nodes = _nodes(state["spec"])
    rows = [list(TABLE_HEAD)]
    for number, one in enumerate(state["path"], start=1):
        node = nodes[one]
        told = one in state["guesses"] or number < len(state["path"])
        rows.append(
            [
                f"{number}. {node['label']}",
                _plain(node["claim"]),
                node["evidence"]["source"],
                RESPONSIBLE[node["stop_here"]["responsible"]] if told else UNGUESSED,
            ]
        )
    return rows


def validate(content: Any, where: str = "CauseTracer") -> dict[str, Any]:
    """Return content in the form that the page reads, or refuse it.

    Parameters
    ----------
    content : mapping
        As the module's docstring lays it out.
    where : str
        What an error message names first: the file.

    Returns
    -------
    dict
        ``title``, ``start`` and ``nodes``, every optional field present.

    Raises
    ------
    CourseError
        Naming the node and the field.
    """
    if not isinstance(content, Mapping):
        raise CourseError(f"{where}: expected title, start and nodes; found {_kind(content)}.")
    _known(content, ("title", "start", "nodes"), where)
    title, start = _text(content, "title", where), _text(content, "start", where)
    given = content.get("nodes")
    if not isinstance(given, list) or not given:
        raise CourseError(f"{where}: nodes must be a list with at least one node.")
    nodes: dict[str, dict[str, Any]] = {}
    for number, entry in enumerate(given, start=1):
        node = _node(entry, number, where)
        if node["id"] in nodes:
            raise CourseError(f"{where}: two nodes have the id {node['id']!r}; ids are unique.")
        nodes[node["id"]] = node
    if start not in nodes:
        raise CourseError(f"{where}: start is {start!r}, which is no node's id.")
    if nodes[start]["level"] != "outcome":
        raise CourseError(
            f"{where}: start {start!r} is at level {nodes[start]['level']!r}; a trail starts at an outcome."
        )
    for node in nodes.values():
        _links(node, nodes, where)
    _acyclic(nodes, where)
    lost = set(nodes) - _reached(nodes, start)
    if lost:
        raise CourseError(f"{where}: node {min(lost)!r} cannot be reached from {start!r}; link to it or take it out.")
    return {"title": title, "start": start, "nodes": list(nodes.values())}


def _read(path: Path) -> Any:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise CourseError(
            f"{path}: cannot be read ({error.strerror}); give the path of the tracer's YAML file."
        ) from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        raise CourseError(f"{path}{line}: not valid YAML: {getattr(error, 'problem', None) or error}.") from None


def _node(entry: Any, number: int, where: str) -> dict[str, Any]:
    if not isinstance(entry, Mapping):
        raise CourseError(f"{where}: node {number} is {_kind(entry)}; it takes fields such as id, level and label.")
    ident = _text(entry, "id", f"{where}: node {number}")
    here = f"{where}: node {ident!r}"
    if not _ID.fullmatch(ident):
        raise CourseError(f"{here}: id takes lower-case words joined by hyphens.")
    _known(entry, ("id", "level", "label", "clause", "claim", "evidence", "stop_here", "lever", "links"), here)
    level = _choice(entry, "level", LEVELS, here)
    label, clause = _text(entry, "label", here), _text(entry, "clause", here)
    if len(label) > _LABEL:
        raise CourseError(f"{here}: label has {len(label)} characters; it takes at most {_LABEL}.")
    if clause.endswith("."):
        raise CourseError(f"{here}: clause ends in a full stop; it is part of a longer sentence.")
    if level in _ENDS and not entry.get("lever"):
        raise CourseError(f"{here}: lever is missing; at {level} say who can change it, when, what and the result.")
    return {
        "id": ident,
        "level": level,
        "label": label,
        "clause": clause,
        "claim": _text(entry, "claim", here),
        "evidence": _evidence(_part(entry, "evidence", here), here),
        "stop_here": _stop(_part(entry, "stop_here", here), here),
        "lever": _lever(_part(entry, "lever", here), here) if entry.get("lever") else None,
        "links": entry.get("links") or [],
    }


def _evidence(part: Mapping[str, Any], here: str) -> dict[str, str]:
    here = f"{here}: evidence"
    _known(part, ("strength", "source", "url", "note"), here)
    return {
        "strength": _choice(part, "strength", STRENGTHS, here),
        "source": _text(part, "source", here),
        "url": _address(part, here),
        "note": _text(part, "note", here, needed=False),
    }


def _stop(part: Mapping[str, Any], here: str) -> dict[str, Any]:
    here = f"{here}: stop_here"
    _known(part, ("story", "responsible", "why", "close"), here)
    responsible = _choice(part, "responsible", RESPONSIBLE, here)
    close = part.get("close") or {}
    if not isinstance(close, Mapping):
        raise CourseError(f"{here}: close is {_kind(close)}; it takes a text for each wrong guess.")
    _known(close, tuple(one for one in RESPONSIBLE if one != responsible), f"{here}: close")
    return {
        "story": _text(part, "story", here),
        "responsible": responsible,
        "why": _text(part, "why", here),
        "close": {one: _text(close, one, f"{here}: close") for one in close},
    }


def _lever(part: Mapping[str, Any], here: str) -> dict[str, str]:
    here = f"{here}: lever"
    _known(part, ("who", "when", "what", "result", "source", "url"), here)
    when = part.get("when")
    if isinstance(when, int) and not isinstance(when, bool):  # a year without quotes
        part = {**part, "when": str(when)}
    lever = {field: _text(part, field, here) for field in ("who", "when", "what", "result")}
    source = _text(part, "source", here, needed=False)
    if re.search(r"\d", lever["result"]) and not source:
        raise CourseError(f"{here}: result holds a number; give its source and url.")
    return {**lever, "source": source, "url": _address(part, here) if source else ""}


def _links(node: dict[str, Any], nodes: Mapping[str, dict[str, Any]], where: str) -> None:
    """Check a node's links, and put every field in them."""
    here = f"{where}: node {node['id']!r}"
    order = list(LEVELS)
    made: list[dict[str, str]] = []
    if not isinstance(node["links"], list):
        raise CourseError(f"{here}: links is {_kind(node['links'])}; it takes a list.")
    for link in node["links"]:
        if not isinstance(link, Mapping):
            raise CourseError(f"{here}: a link is {_kind(link)}; it takes to, ask and how.")
        _known(link, ("to", "ask", "how"), f"{here}: links")
        to = _text(link, "to", f"{here}: links")
        if to not in nodes:
            raise CourseError(f"{here}: links to {to!r}, which is no node's id.")
        if to in {one["to"] for one in made}:
            raise CourseError(f"{here}: links to {to!r} twice.")
        if order.index(nodes[to]["level"]) < order.index(node["level"]):
            raise CourseError(
                f"{here}: links to {to!r}, from {node['level']} back down to {nodes[to]['level']}; links lead upstream."
            )
        ask = _text(link, "ask", f"{here}: link to {to!r}", needed=False)
        made.append({"to": to, "ask": ask, "how": _text(link, "how", f"{here}: link to {to!r}")})
    if not made and node["level"] not in _ENDS:
        raise CourseError(
            f"{here}: links is empty at level {node['level']!r}; link it upstream, a trail ends at "
            "institutions or decisions."
        )
    node["links"] = made


def _acyclic(nodes: Mapping[str, dict[str, Any]], where: str) -> None:
    done: set[str] = set()

    def visit(one: str, trail: tuple[str, ...]) -> None:
        if one in trail:
            raise CourseError(f"{where}: the links run in a circle: {' → '.join((*trail[trail.index(one) :], one))}.")
        if one in done:
            return
        for link in nodes[one]["links"]:
            visit(link["to"], (*trail, one))
        done.add(one)

    for one in nodes:
        visit(one, ())


def _reached(nodes: Mapping[str, dict[str, Any]], start: str) -> set[str]:
    found, ahead = set(), [start]
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += [link["to"] for link in nodes[one]["links"]]
    return found


def _path(spec: Mapping[str, Any], path: list[str], where: str) -> list[str]:
    nodes = _nodes(spec)
    if not path or path[0] != spec["start"]:
        found = repr(path[0]) if path else "nothing"
        raise CourseError(f"{where}: path starts with {found}; it starts with {spec['start']!r}.")
    for one, following in pairwise(path):
        if following not in {link["to"] for link in nodes[one]["links"]}:
            raise CourseError(f"{where}: path goes from {one!r} to {following!r}, and no link does.")
    return path


def _nodes(spec: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    return {node["id"]: node for node in spec["nodes"]}


def _plain(text: str) -> str:
    """Return inline Markdown without its marks."""
    text = re.sub(r"\[([^\]]+)\]\([^)\s]+\)", r"\1", text)
    return re.sub(r"\*\*([^*]+)\*\*|\*([^*]+)\*|`([^`]+)`", lambda m: m[1] or m[2] or m[3], text)


def _text(part: Mapping[str, Any], field: str, here: str, *, needed: bool = True) -> str:
    value = part.get(field)
    if value is None and not needed:
        return ""
    if not isinstance(value, str) or not value.strip():
        found = "missing" if value is None else f"{_kind(value)}, not text; put it in quotes"
        raise CourseError(f"{here}: {field} is {found}.")
    return " ".join(value.split())


def _part(entry: Mapping[str, Any], field: str, here: str) -> Mapping[str, Any]:
    value = entry.get(field)
    if not isinstance(value, Mapping):
        raise CourseError(
            f"{here}: {field} is {'missing' if value is None else _kind(value)}; it takes fields of its own."
        )
    return value


def _choice(part: Mapping[str, Any], field: str, known: Mapping[str, str], here: str) -> str:
    value = _text(part, field, here)
    if value not in known:
        raise CourseError(f"{here}: {field} is {value!r}; use one of {', '.join(known)}.")
    return value


def _address(part: Mapping[str, Any], here: str) -> str:
    url = _text(part, "url", here)
    if not re.fullmatch(r"https?://\S+", url):
        raise CourseError(f"{here}: url is {url!r}; it starts with https://.")
    return url


def _known(part: Mapping[str, Any], fields: Sequence[str], here: str) -> None:
    for field in part:
        if field not in fields:
            raise CourseError(f"{here}: {field!r} is no field here; use {', '.join(fields)}.")


def _kind(value: Any) -> str:
    return {"list": "a list", "dict": "fields", "str": "a text", "NoneType": "empty", "bool": "a truth value"}.get(
        type(value).__name__, f"a {type(value).__name__}"
    )
