"""A gateway of the tests: real HTTP on a local port, answering as it is told."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Penjawab(BaseHTTPRequestHandler):
    """Keeps what it was sent and answers with the next of the server's answers."""

    def do_POST(self) -> None:  # noqa: N802 - the library's name
        """One message."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.diterima.append((dict(self.headers), json.loads(body)))
        if self.server.bisu:
            self.server.lepas.wait(30)
            return
        answers = self.server.jawaban
        code, headers = answers.pop(0) if len(answers) > 1 else answers[0]
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args) -> None:
        """Nothing: tests print nothing."""


class Gerbang(ThreadingHTTPServer):
    """The answers are (code, headers), one after another; the last is repeated."""

    daemon_threads = True

    def __init__(self, *jawaban: tuple[int, dict], bisu: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Penjawab)
        self.jawaban = list(jawaban) or [(202, {})]
        self.bisu, self.lepas = bisu, threading.Event()
        self.diterima: list[tuple[dict, dict]] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}/kirim?saluran=wa"

    def __enter__(self) -> "Gerbang":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.lepas.set()
        self.shutdown()
        self.server_close()
