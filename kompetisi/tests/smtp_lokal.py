"""A small mail server of the tests, which answers as it is told; one connection, one thread."""

import socketserver
import threading


class Penjawab(socketserver.StreamRequestHandler):
    """As much of SMTP as a client needs to hand over a mail."""

    def handle(self) -> None:
        """Greet, answer each line, keep what is handed over."""
        if self.server.bisu:
            self.server.lepas.wait(30)  # says nothing until the test ends
            return
        self.say("220 lokal")
        while line := self.rfile.readline():
            verb = line.split()[0].upper() if line.split() else b""
            if verb == b"DATA":
                self.take()
            elif verb == b"RCPT":
                self.say(self.server.rcpt)
            elif verb == b"QUIT":
                self.say("221 sampai jumpa")
                return
            else:
                self.say("250 baik")

    def take(self) -> None:
        """The mail itself, up to the lonely dot."""
        self.say("354 silakan")
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        self.say(self.server.data)
        self.server.diterima.append(b"".join(lines))

    def say(self, text: str) -> None:
        """One line of answer."""
        self.wfile.write(f"{text}\r\n".encode())


class ServerSurel(socketserver.ThreadingTCPServer):
    """Answers `rcpt` to each recipient and `data` to each mail; `bisu` never answers at all."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, rcpt: str = "250 baik", data: str = "250 baik", *, bisu: bool = False):
        super().__init__(("127.0.0.1", 0), Penjawab)
        self.rcpt, self.data, self.bisu = rcpt, data, bisu
        self.diterima: list[bytes] = []
        self.lepas = threading.Event()

    def __enter__(self) -> "ServerSurel":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.lepas.set()
        self.shutdown()
        self.server_close()
