"""`sayso judge`: what a person decides on who is who and on claims, in force at once and undone at
any time."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sayso.commands.options import JUDGE_ACTIONS
from sayso.console.messages import say, show
from sayso.console.views import write_rows
from sayso.errors import NotFoundError, UsageError
from sayso.identify import deciding
from sayso.identify.claim_judging import (
    ClaimChange,
    decide_on_sayings,
    judge_claims,
    try_claims,
)
from sayso.identify.correcting import decide_correction, read_given
from sayso.identify.judging import (
    Move,
    Moved,
    get_moment,
    get_user,
    judge,
    name_moves,
    try_out,
)
from sayso.identify.namesakes import find_namesakes
from sayso.ledger.conflicts import find_conflicts
from sayso.ledger.database import open_reader
from sayso.ledger.doubts import doubts
from sayso.ledger.journal import read_lines
from sayso.ledger.judgements import list_judgements
from sayso.ledger.paths import LedgerPaths, find_ledger
from sayso.records.claim import CLAIM_KINDS
from sayso.records.judgement import Judgement, make_judgement, read_judgement
from sayso.safe_text import show_controls
from sayso.wording import format_count, short_id

_LISTED = ("judgement_id", "judged_at", "author", "kind", "body", "reason", "is_active")
_MOVED = ("name", "reports", "before", "after", "with")
_CLAIMED = ("id", "before", "sayings_before", "after", "sayings")
_NAMESAKES = ("identity_id", "name", "more", "fewer")
SHOWN = 50


def run(arguments: Namespace) -> int:
    """Decide, or list what was decided or is to be."""
    action, words = arguments.action, arguments.words
    least, most = JUDGE_ACTIONS[action]
    if len(words) < least or (most is not None and len(words) > most):
        raise UsageError(f"judge {action}: wrong number of names; see `sayso judge --help`")
    paths = find_ledger(arguments.ledger)
    if action == "list":
        return _list(paths, arguments)
    if action == "doubtful":
        return _list_doubts(paths, arguments)
    if action == "namesakes":
        return _list_namesakes(paths, arguments)
    judgements = _make(paths, arguments)
    if action in CLAIM_KINDS:
        changes = (try_claims if arguments.dry_run else judge_claims)(paths, judgements)
        _say_claims(arguments, judgements, changes)
        return 0
    moved = (try_out if arguments.dry_run else judge)(paths, judgements)
    _say_what_moved(paths, arguments, judgements, moved)
    return 0


def _make(paths: LedgerPaths, arguments: Namespace) -> list[Judgement]:
    action, words = arguments.action, arguments.words
    if action == "import":
        return _import(paths, Path(words[0]))
    with closing(open_reader(paths)) as connection:
        bodies = []
        if action == "merge":
            bodies.append(deciding.decide_merge(connection, words))
        elif action == "split" and arguments.report:
            if not arguments.label or len(words) != 1:
                raise UsageError("judge split NAME --report ID --label TEXT: a label is needed")
            given = (words[0], arguments.label, arguments.report)
            return _sign(arguments, deciding.decide_separations(connection, *given))
        elif action == "split":
            bodies.append(deciding.decide_split(connection, words[0], words[1:]))
        elif action == "correct":
            bodies.append(_correct(connection, words))
        elif action in CLAIM_KINDS:
            bodies.append(decide_on_sayings(connection, action, words))
        elif action == "unsure":
            bodies.append(deciding.decide_on_two(connection, *words))
        elif action == "alias":
            bodies.append(deciding.decide_alias(connection, *words))
        elif action == "rename":
            bodies.append(deciding.decide_rename(connection, *words))
        else:
            there = [j.judgement_id for j, _ in list_judgements(connection)]
            bodies += [{"judgement_id": _find(there, word)} for word in words]
    return _sign(arguments, [(action, body) for body in bodies])


def _sign(arguments: Namespace, decisions: Sequence[tuple[str, Any]]) -> list[Judgement]:
    """Return judgements of kinds and bodies; each has a moment of its own."""
    author = arguments.author or get_user()
    return [
        make_judgement(
            kind, body, judged_at=get_moment(number), author=author, reason=arguments.reason
        )
        for number, (kind, body) in enumerate(decisions)
    ]


def _correct(connection: Any, words: Sequence[str]) -> Any:
    """Return the body of a correction: an id and NAME=VALUE."""
    pairs = [(name, value) for name, _, value in (word.partition("=") for word in words[1:])]
    if not all("=" in word for word in words[1:]):
        raise UsageError("judge correct ID NAME=VALUE …: see `sayso judge --help`")
    return decide_correction(connection, words[0], read_given(pairs))


def _find(there: Sequence[str], prefix: str) -> str:
    found = [one for one in there if one.startswith(prefix)]
    if not found:
        raise NotFoundError(f"judgement {prefix!r}: there is none; `sayso judge list` has them")
    if len(found) > 1:
        raise UsageError(f"judgement {prefix!r}: several begin like this; give more of it")
    return found[0]


def _import(paths: LedgerPaths, file: Path) -> list[Judgement]:
    """Return the judgements of another file that this ledger has not, and say what contradicts."""
    if not file.is_file():
        raise NotFoundError(f"{str(file)!r}: no such file")
    values, _ = read_lines(file)
    read = [j for j in map(read_judgement, values) if j is not None]
    if len(read) < len(values):
        say(f"{file}: {format_count(len(values) - len(read), 'line')} passed over: no judgement")
    with closing(open_reader(paths)) as connection:
        there = {j.judgement_id for j, _ in list_judgements(connection)}
        for line in find_conflicts(connection, read):
            say(f"  contradicts: {show_controls(line)}; the later holds")
    return [j for j in read if j.judgement_id not in there]


def _say_what_moved(
    paths: LedgerPaths,
    arguments: Namespace,
    judgements: Sequence[Judgement],
    moved: Sequence[Moved],
) -> None:
    with closing(open_reader(paths)) as connection:
        moves = name_moves(connection, moved)
    if arguments.json or arguments.csv:
        write_rows([_to_row(m) for m in moves], _MOVED, csv=arguments.csv)
        return
    if arguments.dry_run:
        say("nothing is decided yet; this would change:")
    else:
        for judgement in judgements:
            short = judgement.judgement_id[:10]
            say(f"{short}: {judgement.kind} decided; to undo it: sayso judge undo {short}")
    for judgement in judgements:
        if judgement.kind == "correct":
            for line in _list_changes(judgement.body):
                say(f"  {show_controls(line)}")
    for move in moves:
        named = f"{move.name} (named in {format_count(move.reports, 'report')})"
        goes = f"→ {move.after}" if move.after != move.name else f"apart from {move.before}"
        say(f"  {show_controls(f'{named} {goes}')}")
    if not moves and any(judgement.kind != "correct" for judgement in judgements):
        say("  every name stands for whom it stood for before")


def _say_claims(
    arguments: Namespace, judgements: Sequence[Judgement], changes: Sequence[ClaimChange]
) -> None:
    if arguments.json or arguments.csv:
        rows = [
            {
                "id": one.record_id,
                "before": one.before and one.before[0],
                "sayings_before": one.before and one.before[1],
                "after": one.after and one.after[0],
                "sayings": one.after and one.after[1],
            }
            for one in changes
        ]
        write_rows(rows, _CLAIMED, csv=arguments.csv)
        return
    if arguments.dry_run:
        say("nothing is decided yet; this would change:")
    else:
        short = judgements[0].judgement_id[:10]
        say(f"{short}: {judgements[0].kind} decided; to undo it: sayso judge undo {short}")
    for one in changes:
        before, after = map(_name_claim, (one.before, one.after))
        change = f"{before} → {after}" if before != after else f"{after}, as before"
        say(f"  {show_controls(repr(one.quote[:60]))}: {change}")


def _name_claim(claim: tuple[str, int] | None) -> str:
    if claim is None:
        return "in no claim"
    return f"{claim[0]} ({format_count(claim[1], 'saying')})"


def _list_changes(body: Any) -> list[str]:
    was = body.get("was", {})
    return [
        f"{_word_field((name, was[name]))} → {_word_value(value)}"
        if name in was
        else _word_field((name, value))
        for name, value in body["to"].items()
    ]


def _to_row(move: Move) -> dict[str, Any]:
    given = (move.name, move.reports, move.before_id, move.after_id, move.after)
    return dict(zip(_MOVED, given, strict=True))


def _list(paths: LedgerPaths, arguments: Namespace) -> int:
    with closing(open_reader(paths)) as connection:
        rows = [{**j.to_dict(), "is_active": active} for j, active in list_judgements(connection)]
    if arguments.json or arguments.csv:
        write_rows(rows, _LISTED, csv=arguments.csv)
        return 0
    for row in rows:
        body = row["body"]
        what = [n if isinstance(n, str) else n[0] for n in body.get("names", [])]
        others = [n[0] for n in body.get("others", [])]
        rest = [
            _word_value(body[k]) for k in ("name", "label", "shown", "judgement_id") if k in body
        ]
        if row["kind"] == "correct":
            rest += [repr(body["anchor"]["quote"][:60]), *map(_word_field, body["to"].items())]
        rest += [repr(one["quote"][:60]) for one in body.get("sayings", ())]
        said = " | ".join(", ".join(part) for part in (what, others, rest) if part)
        state = "" if row["is_active"] else " (undone)"
        when = f"{row['judgement_id'][:10]}  {row['judged_at'][:16]}  {row['author']}"
        show(show_controls(f"{when}  {row['kind']}{state}: {said}"))
    if not rows:
        say("nobody has decided anything yet; what is doubtful: sayso judge doubtful")
    return 0


def _word_field(field: tuple[str, Any]) -> str:
    return f"{field[0]}={_word_value(field[1])}"


def _word_value(value: Any) -> str:
    """Return a value of a decision in words: spans as they are cited, a name without an empty
    label, several names with commas. It may come from somebody else's file."""
    if value is None or value in ("", []):
        return "none"
    if not isinstance(value, list):
        return str(value)
    if len(value) == 2 and all(isinstance(one, str) for one in value) and not value[1]:
        return str(value[0])  # a name without a label
    return ", ".join(
        f"{one[0]}–{one[1]}" if isinstance(one, list) and len(one) == 2 else str(one)
        for one in value
    )


def _list_namesakes(paths: LedgerPaths, arguments: Namespace) -> int:
    with closing(open_reader(paths)) as connection:
        found = find_namesakes(connection)
    if arguments.json or arguments.csv:
        write_rows([asdict(one) for one in found], _NAMESAKES, csv=arguments.csv)
        return 0
    for one in found:
        more, fewer = (f"{t.title} in {len(t.report_ids)}" for t in (one.more, one.fewer))
        show(show_controls(f"{one.name}: {more} reports, {fewer} of the same time"))
        show(show_controls("  " + " ".join(map(short_id, one.fewer.report_ids[:SHOWN]))))
    if not found:
        say("nobody is called by titles that do not go together")
    return 0


def _list_doubts(paths: LedgerPaths, arguments: Namespace) -> int:
    data = arguments.json or arguments.csv
    with closing(open_reader(paths)) as connection:
        rows = doubts(connection, None if data else SHOWN)
    if data:
        write_rows(list(rows), rows.columns, csv=arguments.csv)
        return 0
    for row in rows:
        beside = "; side by side in one report" if row["side_by_side"] else ""
        pair = f"{row['name']} ({row['reports']})  ?  {row['other']} ({row['other_reports']})"
        if row["in_full"] is not None:
            beside = f"; a family name alone, in full {row['in_full']} of {row['of_all']} times"
        show(show_controls(f"{row['score']:.2f}  {pair}{beside}"))
    if not len(rows):
        say("no pair of names is doubtful")
    return 0
