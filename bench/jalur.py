"""A line between browser and server that breaks: a TCP proxy on the loopback that cuts."""

import contextlib
import socket
import struct
import threading

CHUNK = 16 * 1024


class Line:
    """Carries bytes to `port` and back; cut each time so many bytes have gone up in all."""

    def __init__(self, port: int, cuts: list[int]) -> None:
        self.target, self.cuts = port, sorted(cuts)
        self.up, self.cut = 0, 0  # bytes carried to the server, times cut
        self.guard = threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        """Take connections until closed."""
        while True:
            try:
                near, _ = self.door.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.target))
            for pair in ((near, far, self.is_cut), (far, near, lambda _: False)):
                threading.Thread(target=self.carry, args=pair, daemon=True).start()

    def carry(self, source: socket.socket, to: socket.socket, breaks) -> None:
        """One direction of one connection."""
        with contextlib.suppress(OSError):
            while piece := source.recv(CHUNK):
                if breaks(len(piece)):
                    break
                to.sendall(piece)
        for end in (source, to):
            with contextlib.suppress(OSError):
                # Gone without a word, as when a cable is pulled.
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                end.shutdown(socket.SHUT_RDWR)

    def is_cut(self, size: int) -> bool:
        """Count what goes up; whether the line breaks here."""
        with self.guard:
            self.up += size
            if self.cuts and self.up >= self.cuts[0]:
                self.cuts.pop(0)
                self.cut += 1
                return True
            return False

    def close(self) -> None:
        """Take no more connections."""
        self.door.close()
