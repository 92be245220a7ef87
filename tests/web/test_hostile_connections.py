"""Strangers may send what they like, for as long as they like: it costs little, and honest visitors notice nothing."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import chain, repeat

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from tests.pages import parse
from tests.people import Calendar
from tests.ports import kept_port
from web.http_protocol import BoundedHttpProtocol, Limits

PATIENCE = 30
MUCH = 8 * 1024 * 1024
BLOCK = 64 * 1024
GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
HASTY = Limits(head_seconds=0.3, progress_seconds=0.3)

Connect = Callable[[], socket.socket]


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers with the method, the length of the path with its query, the number of fields, and the body's length."""
    length, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        length, more = length + len(message["body"]), message["more_body"]
    address = len(scope["raw_path"]) + len(scope["query_string"])
    body = f"{scope['method']} {address} {len(scope['headers'])} {length}".encode()
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


async def long_answer(_scope: Scope, _receive: Receive, send: Send) -> None:
    """Answers with far more than lies between two ends of a socket."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    with suppress(asyncio.CancelledError):
        for _ in range(1024):
            await send({"type": "http.response.body", "body": b"x" * BLOCK, "more_body": True})
        await send({"type": "http.response.body"})


@contextmanager
def serving(loop: str = "asyncio", limits: Limits | None = None, app: object = echo) -> Iterator[Connect]:
    """A way to connect to a server with these limits; no socket waits without end."""
    protocol = type("Limited", (BoundedHttpProtocol,), {"limits": limits or Limits()})
    with kept_port() as port:
        config = uvicorn.Config(
            app,  # type: ignore[arg-type]
            port=port,
            loop=loop,
            http=protocol,
            ws="none",
            log_level="critical",
            lifespan="off",
            timeout_graceful_shutdown=1,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started and thread.is_alive():
            thread.join(0.01)
        opened: list[socket.socket] = []

        def connect() -> socket.socket:
            opened.append(socket.create_connection(("127.0.0.1", port), timeout=PATIENCE))
            return opened[-1]

        try:
            yield connect
        finally:
            for one in opened:
                one.close()
            server.should_exit = True
            thread.join()


@pytest.fixture(params=["asyncio", "uvloop"])
def connect(request: pytest.FixtureRequest) -> Iterator[Connect]:
    if request.param == "uvloop":
        pytest.importorskip("uvloop")
    with serving(request.param) as connecting:
        yield connecting


def sent(connection: socket.socket, pieces: Iterator[bytes]) -> int:
    """How many bytes went out before the server would take no more, or there were no more."""
    number = 0
    with suppress(ConnectionError):
        for piece in pieces:
            connection.sendall(piece)
            number += len(piece)
    return number


def heard(connection: socket.socket) -> bytes:
    """All that the server says until it closes."""
    said = b""
    with suppress(ConnectionError):
        while more := connection.recv(BLOCK):
            said += more
    return said


def answered(connection: socket.socket, request: bytes, ending: bytes) -> bytes:
    """What the server says to a request, up to this ending."""
    connection.sendall(request)
    said = b""
    while not said.endswith(ending):
        more = connection.recv(BLOCK)
        assert more, said
        said += more
    return said


def statuses(said: bytes) -> list[int]:
    return [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]


def up_to(number: int, beginning: bytes, piece: bytes) -> Iterator[bytes]:
    return chain([beginning], repeat(piece, number // len(piece)))


CHUNKED = b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("beginning", "piece", "status"),
    [
        pytest.param(GET + b"X: ", b"a" * BLOCK, 431, id="one endless field"),
        pytest.param(GET + b"X: ", b"a" * 999, 431, id="one endless field in small pieces"),
        pytest.param(GET, b"X: y\r\n" * 10_000, 431, id="endless short fields"),
        pytest.param(GET, b"a:\r\n" * 20_000, 431, id="endless shortest fields"),
        pytest.param(GET, b"a" * BLOCK, 431, id="an endless name"),
        pytest.param(b"GET /", b"a" * BLOCK, 414, id="an endless address"),
        pytest.param(b"GET /", b"a" * 999, 414, id="an endless address in pieces"),
        pytest.param(b"GET /?", b"q=1&" * 999, 414, id="an endless query"),
        pytest.param(b"GET ", b" " * BLOCK, 431, id="endless spaces within the line"),
        pytest.param(b"A" * 9, b"A" * BLOCK, 400, id="an endless method"),
        pytest.param(b"\r\n", b"\r\n" * 9_999, 431, id="endless empty lines"),
        pytest.param(b"GET / HTTP/1.", b"1" * BLOCK, 400, id="an endless version"),
        pytest.param(CHUNKED + b"0\r\n", b"X: y\r\n" * 10_000, 431, id="endless trailers"),
        pytest.param(CHUNKED + b"0\r\nX: ", b"a" * BLOCK, 431, id="one endless trailer"),
        pytest.param(CHUNKED, b"1\r\na\r\n" * 10_000, 431, id="an endless body in crumbs"),
        pytest.param(CHUNKED + b"1;x=", b"a" * BLOCK, 431, id="an endless chunk extension"),
    ],
)
def test_an_endless_head_is_refused_in_a_line_and_the_connection_ends(
    connect: Connect, beginning: bytes, piece: bytes, status: int
) -> None:
    connection = connect()

    took = sent(connection, up_to(4 * MUCH, beginning, piece))
    said = heard(connection)

    assert (statuses(said), took < 4 * MUCH) == ([status], True)
    head, _, text = said.partition(b"\r\n\r\n")
    assert (b"Connection: close" in head, f"Content-Length: {len(text)}\r\n".encode() in head) == (True, True)
    assert text.startswith(b"%d " % status)


def test_endless_requests_in_one_breath_are_answered_so_far_and_no_further(connect: Connect) -> None:
    connection = connect()
    reader = threading.Thread(target=sent, args=(connection, up_to(MUCH, b"", (GET + b"\r\n") * 2_000)))

    reader.start()
    said = heard(connection)
    reader.join()

    assert set(statuses(said)) == {200}
    assert 1 <= len(statuses(said)) <= Limits().pipelined + 1


def test_a_refused_second_request_leaves_the_first_its_answer(connect: Connect) -> None:
    connection = connect()

    connection.sendall(GET + b"\r\nGET /" + b"a" * 20_000)

    assert statuses(heard(connection))[0] == 200


@pytest.mark.parametrize(
    ("request_", "ending"),
    [
        pytest.param(GET + b"\r\n", b"GET 1 1 0", id="an ordinary request"),
        pytest.param(b"GET /" + b"a" * 15 * 1024 + b" HTTP/1.1\r\n\r\n", b"GET 15361 0 0", id="a line of 15 KiB"),
        pytest.param(GET + b"X: " + b"a" * 60 * 1024 + b"\r\n\r\n", b"GET 1 2 0", id="a head of 60 KiB"),
        pytest.param(GET + (b"X: " + b"a" * 55 + b"\r\n") * 1024 + b"\r\n", b"GET 1 1025 0", id="60 KiB of fields"),
        pytest.param(
            b"POST / HTTP/1.1\r\nContent-Length: 12582912\r\n\r\n" + b"x" * 12 * 1024 * 1024,
            b"POST 1 1 12582912",
            id="a file as large as may be sent",
        ),
        pytest.param(
            b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n6\r\n world\r\n0\r\nX: y\r\n\r\n",
            b"POST 1 1 11",
            id="chunks with an extension and a trailer",
        ),
        pytest.param(GET + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n", b"GET 1 3 0", id="an upgrade not offered"),
        pytest.param(GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", b"GET 1 3 0", id="a web socket"),
        pytest.param(b"\r\n\r\n" + GET + b"\r\n", b"GET 1 1 0", id="empty lines in front"),
    ],
)
def test_honest_requests_are_answered(connect: Connect, request_: bytes, ending: bytes) -> None:
    said = answered(connect(), request_, ending)

    assert statuses(said) == [200]


def test_a_head_of_just_the_limit_is_answered_and_one_byte_more_is_not(connect: Connect) -> None:
    def head(length: int) -> bytes:
        return GET + b"X: " + b"a" * (length - len(GET) - 7) + b"\r\n\r\n"

    assert statuses(answered(connect(), head(64 * 1024), b"GET 1 2 0")) == [200]
    connection = connect()
    connection.sendall(head(64 * 1024 + 1))
    assert statuses(heard(connection)) == [431]


def test_a_line_of_just_the_limit_is_answered_and_one_byte_more_is_not(connect: Connect) -> None:
    def line(length: int) -> bytes:
        return b"GET /" + b"a" * (length - 16) + b" HTTP/1.1\r\n\r\n"

    assert statuses(answered(connect(), line(16 * 1024), b"GET 16369 0 0")) == [200]
    connection = connect()
    connection.sendall(line(16 * 1024 + 1))
    assert statuses(heard(connection)) == [414]


def test_a_connection_carries_many_requests_one_after_another_and_in_one_breath(connect: Connect) -> None:
    connection = connect()

    for length in (0, 20_000, 60_000):
        head = b"POST / HTTP/1.1\r\nX: %s\r\nContent-Length: %d\r\n\r\n" % (b"a" * 20_000, length)
        assert statuses(answered(connection, head + b"x" * length, b"POST 1 2 %d" % length)) == [200]
    three = (GET + b"\r\n") * 2 + b"GET /last HTTP/1.1\r\n\r\n"
    assert statuses(answered(connection, three, b"GET 5 0 0")) == [200, 200, 200]


def test_only_the_head_is_answered_where_only_the_head_is_asked_for(connect: Connect) -> None:
    said = answered(connect(), b"HEAD / HTTP/1.1\r\nHost: x\r\n\r\n", b"\r\n\r\n")

    assert (statuses(said), b"content-length: 10" in said) == ([200], True)


def test_whoever_asks_whether_to_send_is_told_to_go_on(connect: Connect) -> None:
    connection = connect()
    head = b"POST / HTTP/1.1\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n"

    assert statuses(answered(connection, head, b"\r\n\r\n")) == [100]
    assert statuses(answered(connection, b"hello", b"POST 1 2 5")) == [200]


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize(
    ("beginning", "said"),
    [
        pytest.param(b"", [], id="nothing"),
        pytest.param(b"\r\n", [], id="an empty line"),
        pytest.param(b"GET /", [408], id="half a line"),
        pytest.param(GET + b"X: y", [408], id="half a head"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n", [408], id="no body"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf", [408], id="half a body"),
        pytest.param(CHUNKED + b"1\r\na", [408], id="half a chunk"),
        pytest.param(GET + b"\r\nGET /", [200, 408], id="half a second line"),
    ],
)
def test_who_stops_half_way_is_not_waited_for(loop: str, beginning: bytes, said: list[int]) -> None:
    with serving(loop, HASTY) as connect:
        connection = connect()
        connection.sendall(beginning)

        assert statuses(heard(connection)) == said


@pytest.mark.parametrize(
    ("beginning", "drop"),
    [
        pytest.param(GET, b"X: y\r\n", id="a head"),
        pytest.param(b"", b"\r\n", id="empty lines"),
        pytest.param(b"POST / HTTP/1.1\r\nContent-Length: 9999\r\n\r\n", b"x", id="a body"),
        pytest.param(GET + b"\r\n", b"\r\n", id="empty lines after a request"),
    ],
)
def test_drops_do_not_keep_a_connection_open(beginning: bytes, drop: bytes) -> None:
    with serving(limits=HASTY) as connect:
        connection, over = connect(), threading.Event()

        def drip() -> None:
            with suppress(OSError):
                connection.sendall(beginning)
                while not over.wait(0.02):
                    connection.sendall(drop)

        dripping = threading.Thread(target=drip)
        dripping.start()
        try:
            said = heard(connection)
        finally:
            over.set()
            dripping.join()

    assert set(statuses(said)) <= {200, 408}


def test_a_slow_body_that_moves_on_is_waited_for() -> None:
    with serving(limits=replace(HASTY, progress=100)) as connect:
        connection, pause = connect(), threading.Event()
        connection.sendall(b"POST / HTTP/1.1\r\nContent-Length: 20000\r\n\r\n")
        for _ in range(19):
            pause.wait(0.05)
            connection.sendall(b"x" * 1_000)

        assert statuses(answered(connection, b"x" * 1_000, b"POST 1 1 20000")) == [200]


def test_an_answer_that_takes_long_is_waited_for_and_the_connection_kept() -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(1)
        await echo(scope, receive, send)

    with serving(limits=HASTY, app=slow) as connect:
        connection = connect()

        for head in (GET + b"\r\n", b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n"):
            said = answered(connection, head, b" 0")
            assert statuses(said)[-1] == 200


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("head", [CHUNKED, b"POST / HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n"])
def test_a_body_that_nobody_asked_for_is_not_read_for_ever(loop: str, head: bytes) -> None:
    async def refusing(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 403, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"no"})

    with serving(loop, app=refusing) as connect:
        connection = connect()
        assert statuses(answered(connection, head, b"no")) == [403]

        assert sent(connection, up_to(20 * MUCH, b"", b"ffff\r\n" + b"a" * 65535 + b"\r\n")) < 20 * MUCH


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
def test_who_does_not_read_the_answer_is_not_waited_for(loop: str) -> None:
    with serving(loop, HASTY, app=long_answer) as connect:
        connection, pause = connect(), threading.Event()
        connection.sendall(GET + b"\r\n")
        pause.wait(1.5)

        assert len(heard(connection)) < 1024 * BLOCK


@pytest.mark.parametrize("loop", ["asyncio", "uvloop"])
@pytest.mark.parametrize("beginning", [b"", b"GET /", GET + b"\r\n", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nx"])
def test_many_who_only_wait_give_way_to_a_visitor(loop: str, beginning: bytes) -> None:
    with serving(loop, replace(Limits(), connections=5)) as connect:
        waiting = [connect() for _ in range(20)]
        for one in waiting:
            with suppress(ConnectionError):
                one.sendall(beginning)

        assert statuses(answered(connect(), GET + b"\r\n", b"GET 1 1 0")) == [200]
        assert set(statuses(heard(waiting[0]))) <= {200}


def test_a_full_house_says_so_and_goes_on_with_those_inside() -> None:
    inside, go_on = threading.Semaphore(0), threading.Event()

    async def busy(scope: Scope, receive: Receive, send: Send) -> None:
        inside.release()
        await asyncio.to_thread(go_on.wait)
        await echo(scope, receive, send)

    with serving(limits=replace(Limits(), connections=2), app=busy) as connect:
        served = [connect(), connect()]
        for one in served:
            one.sendall(GET + b"\r\n")
            inside.acquire()
        said = heard(connect())
        go_on.set()

        assert (statuses(said), b"Retry-After: 10\r\n" in said) == ([503], True)
        assert [statuses(answered(one, b"", b"GET 1 1 0")) for one in served] == [[200], [200]]


@pytest.mark.parametrize("code", ["fi", "sv", "en", "ru", "uk", "ar", "selko"])
def test_too_long_a_query_gets_a_page_with_a_way_back(sqlite_calendar: Calendar, code: str) -> None:
    answer = sqlite_calendar.get(f"/{code}/events?q={'a' * 8191}")

    page = parse(answer.text)
    words = sqlite_calendar.site.languages[code].gettext("This address is too long.")
    assert (answer.status_code, page.one("h1").text) == (414, words)
    assert [link["href"] for link in page.one("main").all("a")] == [f"/{code}/", f"/{code}/events"]
    assert "aaaa" not in answer.text


def test_a_program_with_too_long_a_query_gets_a_sentence(sqlite_calendar: Calendar) -> None:
    answer = sqlite_calendar.get(f"/en/events.ics?q={'a' * 8191}")

    assert (answer.status_code, answer.headers["content-type"]) == (414, "text/plain; charset=utf-8")
    assert answer.text.startswith("This address is too long.")


def test_a_query_of_just_the_limit_is_answered(sqlite_calendar: Calendar) -> None:
    assert sqlite_calendar.get(f"/en/events?q={'a' * 8190}").status_code != 414
