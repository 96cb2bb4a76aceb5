"""The server: a socket of our own, uvicorn on it, and a quiet end."""

from __future__ import annotations

import ipaddress
import logging
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import uvicorn

from sayso.errors import UsageError
from sayso.ledger.paths import LedgerPaths
from sayso.records.reference import ReferenceSeries
from sayso.web.app import LOCAL_NAMES, make_app

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 8177
PORTS_TRIED = 20
MAX_PORT = 65_535
END_S = 2
_BACKLOG = 128


@dataclass(frozen=True, slots=True)
class Serving:
    """How a ledger is served. port: None for DEFAULT_PORT or the next that is free, 0 for any.
    allowed: names beside `host` by which the pages may be called. read_only: nobody can decide
    anything on them. references: daily series that may be laid under a drawing. leanings: of each
    outlet, by which wording may be compared.
    """

    host: str = DEFAULT_HOST
    port: int | None = None
    allowed: tuple[str, ...] = ()
    read_only: bool = False
    references: tuple[ReferenceSeries, ...] = ()
    leanings: Mapping[str, str] = field(default_factory=dict)


def serve(paths: LedgerPaths, how: Serving, *, announce: Callable[[str], None]) -> None:
    """Serve the pages of a ledger until the process is told to end.

    announce: is given the address once it answers. Raises UsageError where the address cannot be
    had.
    """
    listener = _listen(how.host, how.port)
    address = _make_address(how.host, listener.getsockname()[1])
    hosts = {*LOCAL_NAMES, how.host, _bracket(how.host), *how.allowed}
    config = uvicorn.Config(
        make_app(
            paths,
            hosts=hosts,
            read_only=how.read_only,
            references=how.references,
            leanings=how.leanings,
        ),
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=END_S,
        proxy_headers=False,
        lifespan="on",
        loop="asyncio",
        http="h11",
        ws="none",
    )
    # A reader who goes away in the middle of an answer is no error.
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    server = uvicorn.Server(config)
    announce(address)
    with listener:
        server.run(sockets=[listener])


def _listen(host: str, port: int | None) -> socket.socket:
    """Return a listening socket; a browser that comes before the server waits in its queue."""
    if port is not None and port > MAX_PORT:
        raise UsageError(f"--port {port}: it is at most {MAX_PORT}")
    ports = range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED) if port is None else [port]
    reason = ""
    for candidate in ports:
        try:
            family, kind, protocol, _, place = socket.getaddrinfo(
                host, candidate, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
            )[0]
            listener = socket.socket(family, kind, protocol)
        except OSError as error:
            raise UsageError(f"--host {host!r}: {error.strerror or error}") from error
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen(_BACKLOG)
        except OSError as error:
            listener.close()
            reason = error.strerror or str(error)
            continue
        return listener
    tried = f"{ports[0]}" if len(ports) == 1 else f"{ports[0]} to {ports[-1]}"
    raise UsageError(f"{host} port {tried}: {reason}; choose another with --port")


def _bracket(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _make_address(host: str, port: int) -> str:
    """Return the address to open; one that listens everywhere is opened here."""
    try:
        everywhere = ipaddress.ip_address(host).is_unspecified
    except ValueError:
        everywhere = False
    return f"http://{DEFAULT_HOST if everywhere else _bracket(host)}:{port}/"
