"""On how many origins something rests: copies, relays and words of one speaker are one.

Each bearer is followed from the outlet inwards to the last one who is named as its source: the
innermost named speaker; for one without a name the outlet that he told, or that reported it; else
the outlet whose text the report is printed as; else the report's own outlet. Bearers that end at
the same one rest on the same say-so, and so do those at one place of a copied passage, unless they
name different speakers. What is left are at most so many independent origins: two of them may yet
rest on one that neither names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from sayso.records.origin import (
    NAMED,
    Bearer,
    Evidence,
    Origin,
    Origins,
    Root,
    RootKind,
    Teller,
    Tie,
    TieKind,
)

# Which of several bearers tells best what one key is.
_WORDS: tuple[RootKind, ...] = ("own", "unnamed", "open", "said", "reported", "told", "credit")


def fold_origins(bearers: Sequence[Bearer], copies: Sequence[Tie]) -> Origins:
    """Return the origins of bearers, the one with most of them first. Neither their order nor that
    of `copies` changes which bearers are together.

    copies: each of bearers at one place of a passage, one of a report. One ties who names the same
    speaker there, and who names nobody. Who names nobody is tied to who names somebody only where
    that is one alone, in all copies: another printing never joins two witnesses.
    """
    denying = {i for i, one in enumerate(bearers) if any(t.denies for t in one.chain)}
    roots, headlines = _read_headlines(bearers, list(map(find_root, bearers)), denying)
    ties = [*_tie_roots(bearers, roots, denying), *_leave_out(headlines, denying)]
    leaders = list(range(len(bearers)))
    for tie in ties:
        _join_all(leaders, tie)
    ties += _tie_copies(list(_leave_out(copies, denying)), roots, leaders)
    groups: dict[int, list[int]] = {}
    for i in range(len(bearers)):
        if i not in denying:
            groups.setdefault(_lead(leaders, i), []).append(i)
    tied: dict[int, list[Tie]] = {}
    for tie in ties:
        tied.setdefault(_lead(leaders, tie.bearers[0]), []).append(tie)
    origins = [
        Origin(
            roots=_rank_roots([roots[i] for i in members]),
            bearers=tuple(sorted(members, key=lambda i: _place(bearers[i]))),
            ties=tuple(tied.get(leader, ())),
        )
        for leader, members in groups.items()
    ]
    origins.sort(key=lambda o: (-len(o.bearers), _place(bearers[o.bearers[0]])))
    return Origins(tuple(origins), roots, tuple(sorted(denying)))


def _read_headlines(
    bearers: Sequence[Bearer], roots: list[Root], denying: set[int]
) -> tuple[tuple[Root, ...], list[Tie]]:
    """Return the roots, those of headlines in the outlet's own voice being what the text below
    gives for the same: a headline leaves out who says it. It never rests on who denies it.
    """
    ties = []
    below: dict[str, int] = {}
    for i, one in enumerate(bearers):
        if not one.headline and roots[i].kind != "own" and i not in denying:
            first = below.setdefault(one.report_id, i)
            if _place(one) < _place(bearers[first]):
                below[one.report_id] = i
    for i, one in enumerate(bearers):
        text = below.get(one.report_id)
        if one.headline and roots[i].kind == "own" and text is not None:
            roots[i] = roots[text]
            shown = (Evidence(one.report_id, one.span), roots[text].evidence)
            ties.append(Tie("headline", (i, text), shown))
    return tuple(roots), ties


def find_root(bearer: Bearer) -> Root:
    """Return the last one, from the outlet inwards, who is named as its source."""
    for teller in reversed(bearer.chain):
        root = _find_named(bearer, teller)
        if root is not None:
            return root
    for one in bearer.through:
        if one.kind == "credit":
            return Root("credit", one.key, one.name, Evidence(bearer.report_id, one.span))
    kind: RootKind = "unnamed" if bearer.chain else "own"
    key = bearer.outlet_key or f"report:{bearer.report_id}"
    name = bearer.outlet or bearer.report_id
    if not bearer.chain:
        return Root(kind, key, name, Evidence(bearer.report_id, bearer.span))
    last = bearer.chain[-1]
    kind = "open" if last.is_open else kind
    return Root(kind, key, name, Evidence(bearer.report_id, last.span), last.confidence)


def _find_named(bearer: Bearer, teller: Teller) -> Root | None:
    """Return who is named at one statement of the chain, None if nobody is."""
    through = [t for t in bearer.through if t.statement_id == teller.statement_id]
    for one in through:
        if one.kind == "reported":
            evidence = Evidence(bearer.report_id, one.span)
            return Root("reported", one.key, one.name, evidence, teller.confidence)
    if teller.keys and teller.name is not None:
        evidence = Evidence(bearer.report_id, teller.span)
        key = "+".join(sorted(teller.keys))
        return Root("said", key, teller.name, evidence, teller.confidence)
    for one in through:
        if one.kind == "told":
            evidence = Evidence(bearer.report_id, one.span)
            return Root("told", one.key, one.name, evidence, teller.confidence)
    return None


def _tie_roots(
    bearers: Sequence[Bearer], roots: Sequence[Root], denying: set[int]
) -> Iterator[Tie]:
    by_key: dict[str, list[int]] = {}
    for i, root in enumerate(roots):
        if i not in denying:
            by_key.setdefault(root.key, []).append(i)
    for members in by_key.values():
        if len(members) > 1:
            said = any(roots[i].kind == "said" for i in members)
            kind: TieKind = "speaker" if said else "outlet"
            yield Tie(kind, tuple(members), tuple(roots[i].evidence for i in members))


def _leave_out(ties: Sequence[Tie], denying: set[int]) -> Iterator[Tie]:
    for tie in ties:
        yield from _keep(tie, [i for i in tie.bearers if i not in denying])


def _keep(tie: Tie, kept: Sequence[int]) -> Iterator[Tie]:
    """Yield a tie of some of its bearers alone; nothing if that is one."""
    if len(kept) > 1:
        shown = dict(zip(tie.bearers, tie.evidence, strict=True))
        yield Tie(tie.kind, tuple(kept), tuple(shown[i] for i in kept), tie.cluster_id)


def _tie_copies(copies: Sequence[Tie], roots: Sequence[Root], leaders: list[int]) -> list[Tie]:
    """Join what copies tie, and return the ties that do: see `fold_origins`."""
    parted = [_part_names(tie, roots) for tie in copies]
    for parts in parted:
        for part in parts.values():
            for other in part[1:]:
                _join(leaders, part[0], other)
    offered: dict[int, set[int]] = defaultdict(set)
    for i, root in enumerate(roots):
        if root.kind == "said":
            offered[_lead(leaders, i)].add(_lead(leaders, i))
    for parts in parted:
        if None in parts:
            named = (_lead(leaders, part[0]) for name, part in parts.items() if name is not None)
            offered[_lead(leaders, parts[None][0])].update(named)
    whole = [
        None in parts and len(offered[_lead(leaders, parts[None][0])]) == 1 for parts in parted
    ]
    ties: list[Tie] = []
    for tie, parts, is_whole in zip(copies, parted, whole, strict=True):
        if is_whole:
            _join_all(leaders, tie)
            ties.append(tie)
        else:
            ties += [one for part in parts.values() for one in _keep(tie, part)]
    return ties


def _part_names(tie: Tie, roots: Sequence[Root]) -> dict[str | None, list[int]]:
    """Return the bearers of a tie by the speaker they name, None: nobody. By the name as shown: a
    ministry that may be any state's has a key of its own in each report.
    """
    parts: dict[str | None, list[int]] = defaultdict(list)
    for i in tie.bearers:
        parts[roots[i].name if roots[i].kind == "said" else None].append(i)
    return parts


def _rank_roots(roots: Sequence[Root]) -> tuple[Root, ...]:
    """Return one root of each key, named ones first, then by how many bearers have it.

    Where an outlet's own report gives it in its own voice, others that relay it rest on that word.
    """
    counts = Counter(root.key for root in roots)
    shown: dict[str, Root] = {}
    for root in roots:
        known = shown.setdefault(root.key, root)
        if _WORDS.index(root.kind) < _WORDS.index(known.kind):
            shown[root.key] = root
    return tuple(
        sorted(shown.values(), key=lambda r: (r.kind not in NAMED, -counts[r.key], r.name, r.key))
    )


def _place(bearer: Bearer) -> tuple[str, str, str]:
    return (bearer.day or "9999", bearer.report_id, bearer.record_id)


def _lead(leaders: list[int], one: int) -> int:
    while leaders[one] != one:
        leaders[one] = leaders[leaders[one]]
        one = leaders[one]
    return one


def _join_all(leaders: list[int], tie: Tie) -> None:
    for other in tie.bearers[1:]:
        _join(leaders, tie.bearers[0], other)


def _join(leaders: list[int], one: int, other: int) -> None:
    a, b = _lead(leaders, one), _lead(leaders, other)
    leaders[max(a, b)] = min(a, b)
