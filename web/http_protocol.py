"""HTTP/1.1 as strangers may speak it to us: heads, waiting and connections are bounded, whatever is sent.

uvicorn's protocol on httptools, which bounds none of them. What is counted are the bytes as they arrive, before the
parser sees them; a refusal is one line of text, and the connection ends with it. Bodies are bounded by the application.

Longer than most files on purpose: the bounds of one connection share its state.
"""

import asyncio
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import Any, Final, cast

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PIECE: Final = 16 * 1024
"""Bytes that the parser is given at a time: it says what it has found, but not where in them."""
SPACES_AND_VERSION: Final = len("  HTTP/1.1\r\n")
FAREWELL: Final = 2.0
"""Seconds that a refused client has to read why: closed at once, what it still sends would take the answer away."""
FAREWELL_BYTES: Final = 1024 * 1024
REST_OF_BODY: Final = 32 * 1024 * 1024
"""Bytes that may follow an answer which needed no body, such as the rest of a file that was too large."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, seconds and numbers that one client, or for `connections` all clients of this process, may take up."""

    line: int = 16 * 1024
    head: int = 64 * 1024
    fields: int = 2000
    pipelined: int = 32
    head_seconds: float = 20
    progress_seconds: float = 30
    progress: int = 1024
    """Bytes of a body, or of an answer, that must move in `progress_seconds`."""
    connections: int = 500


class Stage(Enum):
    """What the client is to send next."""

    HEAD = "head"
    BODY = "body"


class RefusedError(Exception):
    """Ends the parser's work at once."""


class BoundedHttpProtocol(HttpToolsProtocol):
    """One connection. Whatever waits for its client has a timer, and everything that grows a limit."""

    limits = Limits()

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._stage = Stage.HEAD
        self._stage_is_new = False
        self._begun = False
        self._overhead = 0  # bytes of a head, or of what is around and between the pieces of a body
        self._fields = 0
        self._moved = 0
        self._drained = False
        self._refusal: HTTPStatus | None = None
        self._refused = False
        self._discardable = FAREWELL_BYTES
        self._reading_timer: asyncio.TimerHandle | None = None
        self._writing_timer: asyncio.TimerHandle | None = None
        self.waiting_since = 0.0

    # The connection

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait_for_client()
        if len(self.connections) > self.limits.connections:
            self._make_room()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._unset_keepalive_if_required()
        for timer in (self._reading_timer, self._writing_timer):
            if timer is not None:
                timer.cancel()

    def data_received(self, data: bytes) -> None:
        if self._refused:
            self._discard(len(data))
            return
        start = 0
        while start < len(data) and not self._refused and not self.transport.is_closing():
            room = min(PIECE, self.limits.head - self._overhead)
            piece = data[start : start + room]
            start += room
            self._overhead += len(piece)
            super().data_received(piece)
            if self._overhead >= self.limits.head:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self._stage_is_new and not self._refused:
            self._wait_for_client()

    def send_400_response(self, msg: str) -> None:
        """What the parser could not go on with: its own reason, or the one for which we stopped it."""
        self._refuse(self._refusal or HTTPStatus.BAD_REQUEST)

    @property
    def waits_for_client(self) -> bool:
        """Whether nothing goes on here until the client sends more."""
        answered = self.cycle is None or self.cycle.response_complete
        return not self.transport.is_closing() and (answered or self._stage is Stage.BODY)

    def _make_room(self) -> None:
        """One connection too many: that which has waited longest for its client goes, else this one."""
        others = [cast(BoundedHttpProtocol, one) for one in self.connections if one is not self]
        if sum(not one.transport.is_closing() for one in others) < self.limits.connections:
            return
        idle = min((one for one in others if one.waits_for_client), key=lambda one: one.waiting_since, default=None)
        if idle is not None:
            idle.transport.abort()
        else:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)

    # What the parser finds

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._begun = True
        self._fields = 0
        # The first head's time runs from the connection on.
        self._stage_is_new = self._stage_is_new or self.cycle is not None

    def on_url(self, url: bytes) -> None:
        super().on_url(url)
        if len(self.parser.get_method()) + len(self.url) + SPACES_AND_VERSION > self.limits.line:
            self._stop_parsing(HTTPStatus.REQUEST_URI_TOO_LONG)

    def on_header(self, name: bytes, value: bytes) -> None:
        self._fields += 1
        if self._fields > self.limits.fields:
            self._stop_parsing(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        if self._stage is Stage.HEAD:
            super().on_header(name, value)
        # Else a trailer: whoever decided by the head must not find another one later.

    def on_headers_complete(self) -> None:
        if len(self.pipeline) >= self.limits.pipelined:
            self._stop_parsing(HTTPStatus.TOO_MANY_REQUESTS)
        super().on_headers_complete()
        self._enter(Stage.BODY)

    def on_body(self, body: bytes) -> None:
        super().on_body(body)
        # A body in crumbs costs more than it weighs: what is wrapped around it may be as long as itself, not more.
        self._overhead = max(0, self._overhead - 2 * len(body))
        self._moved += len(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self._enter(Stage.HEAD)

    def _enter(self, stage: Stage) -> None:
        self._stage = stage
        self._stage_is_new = True
        self._begun = False
        self._overhead = 0

    def _stop_parsing(self, status: HTTPStatus) -> None:
        self._refusal = status
        raise RefusedError(status)

    # Waiting for the client to send

    def _wait_for_client(self) -> None:
        """A new span of time for what the client is to send now."""
        self._stage_is_new = False
        self._moved = 0
        self.waiting_since = self.loop.time()
        if self._reading_timer is not None:
            self._reading_timer.cancel()
        seconds = self.limits.head_seconds if self._stage is Stage.HEAD else self.limits.progress_seconds
        self._reading_timer = self.loop.call_later(seconds, self._waited)

    def _waited(self) -> None:
        if self.transport.is_closing():
            return
        if self._is_our_turn() or (self._stage is Stage.BODY and self._moved >= self.limits.progress):
            since = self.waiting_since
            self._wait_for_client()
            self.waiting_since = since
        elif self._begun or self._stage is Stage.BODY:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()

    def _is_our_turn(self) -> bool:
        """Whether the client sends nothing because of us: it is being answered, or has not been told to go on."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        return self._stage is Stage.HEAD or self.flow.read_paused or self.cycle.waiting_for_100_continue

    # Waiting for the client to read

    def pause_writing(self) -> None:
        super().pause_writing()
        self._wait_for_reader()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._drained = True

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._wait_for_reader()
        if self._stage is Stage.BODY and not self.pipeline and not self._refused and not self.transport.is_closing():
            # Answered without its body, of which any amount may follow: none of that is parsed.
            self._refused = True
            self._say_farewell(self.limits.progress_seconds, REST_OF_BODY)

    def _wait_for_reader(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left and self._writing_timer is None:
            self._drained = False
            self._writing_timer = self.loop.call_later(self.limits.progress_seconds, self._waited_for_reader, left)

    def _waited_for_reader(self, before: int) -> None:
        self._writing_timer = None
        if self._drained or before - self.transport.get_write_buffer_size() >= min(before, self.limits.progress):
            self._wait_for_reader()
        else:
            self.transport.abort()

    # Refusing

    def _refuse(self, status: HTTPStatus) -> None:
        """Say so and end the connection, after what is already being answered."""
        if self._refused or self.transport.is_closing():
            return
        self._refused = True
        if self._reading_timer is not None:
            self._reading_timer.cancel()
        cycle = self.cycle
        if self._stage is Stage.BODY and (cycle.response_started or self.pipeline):
            self.transport.close()
        elif self._stage is Stage.BODY:
            cycle.disconnected = True
            cycle.message_event.set()
            self._say_and_close(status)
        elif cycle is not None and not cycle.response_complete:
            cycle.keep_alive = False  # It is the last that will be answered here.
        else:
            self._say_and_close(status)

    def _say_and_close(self, status: HTTPStatus) -> None:
        line = f"{status.value} {status.phrase}"
        again = "Retry-After: 10\r\n" if status == HTTPStatus.SERVICE_UNAVAILABLE else ""
        self.transport.write(
            f"HTTP/1.1 {line}\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: {len(line) + 1}\r\n{again}"
            f"Cache-Control: no-store\r\nConnection: close\r\n\r\n{line}\n".encode("ascii")
        )
        self._say_farewell(FAREWELL, FAREWELL_BYTES)

    def _say_farewell(self, seconds: float, number: int) -> None:
        """End our side, and take so many bytes of what the client still sends, for a while, without looking at them."""
        self._discardable = number
        self._unset_keepalive_if_required()
        if self._reading_timer is not None:
            self._reading_timer.cancel()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._reading_timer = self.loop.call_later(seconds, self.transport.abort)

    def _discard(self, number: int) -> None:
        self._discardable -= number
        if self._discardable < 0:
            answering = self.cycle is not None and not (self.cycle.response_complete or self.cycle.disconnected)
            self.flow.pause_reading() if answering else self.transport.abort()
