"""A small OpenID Connect provider for tests: a real HTTP server on 127.0.0.1.

Discovery, authorize (whoever comes is signed in at once), token with PKCE and a client secret,
userinfo, and keys. What it says about the person and in the ID token can be bent at will.
"""

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa

CLIENT, SECRET = "kompetisi", "rahasia-klien"


def make_key(alg: str):
    """A private key for this algorithm."""
    if alg == "ES256":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Penyedia:
    """The provider; use it as a context manager."""

    def __init__(self, alg: str = "RS256") -> None:
        self.alg, self.key, self.kid = alg, make_key(alg), "kunci-1"
        self.orang = {
            "sub": "p-1", "email": "Budi@Alfa.go.id", "email_verified": True, "name": "Budi",
        }  # fmt: skip
        self.klaim: dict = {}  # laid over the claims of the ID token; None takes one away
        self.info: dict = {}  # laid over the user information
        self.issuer = ""  # of the discovery document, when not its own
        self.sign: Callable[[dict], str | None] = self.signed
        self.codes: dict[str, dict] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def __enter__(self) -> "Penyedia":
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()

    def signed(self, claims: dict) -> str:
        """The ID token, signed by the key that the provider publishes."""
        return jwt.encode(claims, self.key, algorithm=self.alg, headers={"kid": self.kid})

    def discovery(self) -> dict:
        """What the provider says about itself."""
        return {
            "issuer": self.issuer or self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def jwks(self) -> dict:
        """The public key."""
        algorithm = jwt.get_algorithm_by_name(self.alg)
        key = json.loads(algorithm.to_jwk(self.key.public_key()))
        return {"keys": [key | {"kid": self.kid, "alg": self.alg, "use": "sig"}]}

    def authorize(self, query: dict) -> str:
        """Where the browser is sent back to, with a code for this request."""
        code = secrets.token_urlsafe(12)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict) -> dict | None:
        """The tokens for a code, once; None for a wrong secret, address or proof of possession."""
        asked = self.codes.pop(form.get("code", ""), None)
        proof = sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(proof).rstrip(b"=").decode()
        if (
            asked is None
            or form.get("client_secret") != SECRET
            or form.get("redirect_uri") != asked["redirect_uri"]
            or challenge != asked.get("code_challenge")
        ):
            return None
        now = int(time.time())
        claims = {
            "iss": self.url, "aud": CLIENT, "sub": self.orang["sub"], "iat": now,
            "exp": now + 300, "nonce": asked.get("nonce"),
        } | self.klaim  # fmt: skip
        answer = {"access_token": "akses", "token_type": "Bearer"}
        token = self.sign({name: value for name, value in claims.items() if value is not None})
        return answer | ({"id_token": token} if token else {})

    def handler(self) -> type[BaseHTTPRequestHandler]:
        """The class that answers requests for this provider."""
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:  # noqa: N802 - http.server's name
                address = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(address.query).items()}
                pages = {
                    "/.well-known/openid-configuration": provider.discovery,
                    "/jwks": provider.jwks,
                    "/userinfo": lambda: provider.orang | provider.info,
                }
                if address.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorize(query))
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    self.answer(pages[address.path]())

            def do_POST(self) -> None:  # noqa: N802
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                self.answer(provider.token(form))

            def answer(self, content: dict | None) -> None:
                body = json.dumps(content or {"error": "invalid_grant"}).encode()
                self.send_response(200 if content else 400)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_) -> None:
                """Say nothing."""

        return Handler
