"""Who may ask, and what a browser may do with the answer.

- Another site's page can send requests to this machine: a request whose Host is not ours is
  refused (DNS rebinding), and one that would change something must come from a page of ours, with
  the token that only our pages hold.
- Report text is hostile: no script but our own files, no style in the page, nothing from any other
  address, no frame around us.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN_HEADER = "X-Sayso-Token"
_NOT_SERVED = "sayso is not served under this name; --allow-host NAME lets it be\n"
_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^\s:/?#@\[\]]+)(?::\d{1,5})?\Z", re.ASCII)
READING = frozenset(("GET", "HEAD"))
CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    "Cache-Control": "private, no-cache",
}


class Guard:
    """ASGI middleware: refuses what is not for us and marks every answer."""

    def __init__(self, app: ASGIApp, *, hosts: Iterable[str], token: str) -> None:
        """hosts: names and addresses by which we may be called, without a port, lower case.
        token: what a writing request must carry."""
        self._app = app
        self._hosts = frozenset(hosts)
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refuse(scope["method"], headers)

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                marked = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    marked.setdefault(name, value)
            await send(message)

        if refusal is None:
            await self._app(scope, receive, send_marked)
        else:
            await refusal(scope, receive, send_marked)

    def _refuse(self, method: str, headers: Headers) -> PlainTextResponse | None:
        host = headers.get("host", "")
        name = _name_of(host)
        if not name or name not in self._hosts:
            return PlainTextResponse(_NOT_SERVED, status_code=421)
        if method in READING:
            return None
        origin = headers.get("origin")
        if origin not in (f"http://{host}", f"https://{host}"):
            return PlainTextResponse("not from a page of this ledger\n", status_code=403)
        if not hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), self._token.encode()):
            return PlainTextResponse("this page is out of date; reload it\n", status_code=403)
        return None


def _name_of(host: str) -> str:
    """Return the Host header without its port: `localhost:8177`, `[::1]:8177`; empty where it is no
    host."""
    match = _HOST.match(host)
    return match[1].lower() if match else ""
