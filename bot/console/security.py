"""Headers of every answer, and the names under which the pages may be asked for."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Nothing inline, nothing from elsewhere, nothing framed; forms go nowhere but here.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HTTPS_ONLY = "max-age=31536000"
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


class Security:
    """Wraps the console: sets the headers, refuses other hosts (a name somebody else points at this machine)."""

    def __init__(self, app: ASGIApp, address: str) -> None:
        self._app = app
        self._secure = address.startswith("https://")
        self._host = urlsplit(address).netloc.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"])
            await send(message)

        host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "").lower()
        if not self._is_ours(host):
            await PlainTextResponse("These pages are not served under this name.\n", 421)(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)

    def _is_ours(self, host: str) -> bool:
        if host == self._host:
            return True
        name = host.rpartition(":")[0] if ":" in host.rpartition("]")[2] else host
        return not self._secure and name in _LOCAL

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers[name] = value
        if self._secure:
            headers["Strict-Transport-Security"] = _HTTPS_ONLY
        if "/static/" not in path:
            headers["Cache-Control"] = "no-store"
