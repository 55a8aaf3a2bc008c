"""A real mail server on this machine, which keeps what came, refuses it, or is away."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Mailbox:
    """The server's handler."""

    def __init__(self) -> None:
        self.came: list[Any] = []
        self.answer = "250 OK"
        self.port = free_port()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.answer.startswith("2"):
            self.came.append(envelope)
        return self.answer

    def to(self, address: str) -> list[str]:
        """The texts that came for this address."""
        return [envelope.content.decode() for envelope in self.came if address in envelope.rcpt_tos]


@contextmanager
def mail_server(box: Mailbox) -> Iterator[Mailbox]:
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
