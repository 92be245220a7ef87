"""The baseline: a Starlette application without anything of ours, which sends bytes from memory.

It is run as `python -m bench.bare FOLDER PORT`; the folder holds what `save` has put there.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bench.client import Answer

INDEX = "answers.json"
KEPT = ("content-type", "content-encoding", "etag")
"""Headers without which the bytes could not be used; all others are the application's own cost."""


def save(folder: Path, answers: Mapping[str, Answer]) -> None:
    """Put answers of the application where the bare one finds them, each under `/NAME`."""
    index = {}
    for name, answer in answers.items():
        (folder / name).write_bytes(answer.body)
        index[name] = {
            "status": answer.status,
            "headers": {key: answer.headers[key] for key in KEPT if key in answer.headers},
        }
    (folder / INDEX).write_text(json.dumps(index), "utf-8")


def create_app(folder: Path) -> Starlette:
    """The application over the saved answers."""
    index = json.loads((folder / INDEX).read_text("utf-8"))
    known = {name: ((folder / name).read_bytes(), each["status"], each["headers"]) for name, each in index.items()}

    async def send(request: Request) -> Response:
        return Response(*known[request.path_params["name"]])

    return Starlette(routes=[Route("/{name}", send)])


if __name__ == "__main__":
    uvicorn.run(
        create_app(Path(sys.argv[1])),
        host="127.0.0.1",
        port=int(sys.argv[2]),
        log_level="warning",
        server_header=False,
        loop="uvloop",
        http="httptools",
    )
