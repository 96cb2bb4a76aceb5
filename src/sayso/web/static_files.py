"""Our own script, style and pictures: read once, named in the code, so that no address leads to
another file."""

from __future__ import annotations

import hashlib
import mimetypes
from importlib.resources import files

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

KEEP_S = 31_536_000


class StaticFiles:
    """ASGI application over the files of `static/`."""

    def __init__(self) -> None:
        folder = files("sayso.web").joinpath("static")
        self._files = {
            entry.name: (mimetypes.guess_type(entry.name)[0] or "text/plain", entry.read_bytes())
            for entry in folder.iterdir()
            if entry.is_file()
        }
        digest = hashlib.sha256()
        for _, (_, content) in sorted(self._files.items()):
            digest.update(content)
        # Changes when a file of ours does, so that a browser may keep them.
        self.version = digest.hexdigest()[:12]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        name = request.scope["path"].removeprefix(f"{request.scope['root_path']}/")
        found = self._files.get(name)
        response: Response
        if found is None or request.method not in ("GET", "HEAD"):
            response = PlainTextResponse("nothing is at this address\n", status_code=404)
        else:
            # The address of a file carries the hash of them all, so it may be kept.
            versioned = "v" in request.query_params
            keep = f"public, max-age={KEEP_S}, immutable" if versioned else "no-cache"
            response = Response(found[1], media_type=found[0], headers={"Cache-Control": keep})
        await response(scope, receive, send)
