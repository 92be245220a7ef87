"""A client that asks one thing after the other over one connection, and looks at every answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection

SECONDS = 120


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class WrongAnswerError(Exception):
    """An answer that is not the one to be measured; str() says which."""


class Client:
    """A keep-alive connection to a server of this machine."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS)

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """One answer, read to its end."""
        self._connection.request("GET", path, headers={"Accept-Encoding": "identity", **(headers or {})})
        response = self._connection.getresponse()
        body = response.read()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, body)

    def repeat(self, count: int, path: str, headers: Mapping[str, str], *, status: int, length: int | None) -> None:
        """Ask so many times; WrongAnswerError where status or length differ. Without a length, any will do."""
        for _ in range(count):
            answer = self.get(path, headers)
            if answer.status != status or (length is not None and len(answer.body) != length):
                raise WrongAnswerError(f"{path}: {answer.status}, {len(answer.body)} bytes; not {status}, {length}")

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()
