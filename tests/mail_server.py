"""A real mail server of one's own: up, refusing, hanging, gone, and back again on the same port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller

from tests.ports import kept_port


class MailServer:
    """Takes letters while it is up; `refusal` is what it says instead, «451 Later»."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.refusal = ""
        self.letters: list[EmailMessage] = []
        self._controller: Controller | None = None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Be there."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Be gone."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        """What aiosmtpd calls with a whole letter."""
        if self.refusal:
            return self.refusal
        letter = BytesParser(policy=default).parsebytes(envelope.content)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server until the block ends."""
    with kept_port() as port:
        server = MailServer(port)
        server.start()
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def silent_server() -> Iterator[str]:
    """The address of a server that takes the call and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        calls: list[socket.socket] = []

        def answer() -> None:
            while True:
                try:
                    calls.append(listening.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield f"smtp://127.0.0.1:{listening.getsockname()[1]}"
        for call in calls:
            call.close()
        listening.shutdown(socket.SHUT_RDWR)
    thread.join(5)
