"""A provider of accounts, on this machine: it vouches for whom it is told to, rightly or not."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey
from typing_extensions import override

CLIENT = "goldthread"


@dataclass
class Provider:
    """What the provider says. `claims` go over those of the token; `key` signs it.

    `codes`: the challenge and nonce that each code was given for.
    """

    issuer: str = ""
    now: int = 0
    subject: str = "subject-1"
    claims: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None
    algorithm: str = "RS256"
    codes: dict[str, tuple[str, str]] = field(default_factory=dict)

    def sends_back(self, asked: str) -> str:
        """Return the address to which somebody who agreed is sent back."""
        query = {name: values[0] for name, values in parse_qs(urlsplit(asked).query).items()}
        assert query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256"
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = query["code_challenge"], query["nonce"]
        return f"{urlsplit(query['redirect_uri']).path}?code={code}&state={query['state']}"

    def token(self, sent: dict[str, str]) -> dict[str, Any]:
        """Return the token for a code, once, for whoever knows the verifier."""
        challenge, nonce = self.codes.pop(sent["code"])
        hashed = hashlib.sha256(sent["code_verifier"].encode()).digest()
        if base64.urlsafe_b64encode(hashed).rstrip(b"=").decode() != challenge:
            return {"error": "invalid_grant"}
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "exp": self.now + 300,
            "iat": self.now,
            "nonce": nonce,
            **self.claims,
        }
        signed = jwt.encode(
            {"alg": self.algorithm, "kid": "one"}, claims, self.signs_with or self.key
        )
        return {"access_token": "unused", "token_type": "Bearer", "id_token": signed}

    def answer(self, path: str, sent: dict[str, str]) -> dict[str, Any]:
        """Return what one of the provider's addresses says."""
        if path == "/token":
            return self.token(sent)
        if path == "/keys":
            return {"keys": [self.key.as_dict(private=False)]}
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            **self.known,
        }


@contextmanager
def provider_at_work() -> Iterator[Provider]:
    """Let a provider answer on a free port of this machine."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._answer({name: values[0] for name, values in parse_qs(body).items()})

        @override
        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

        def _answer(self, sent: dict[str, str]) -> None:
            told = provider.answer(urlsplit(self.path).path, sent)
            content = json.dumps(told).encode()
            self.send_response(400 if "error" in told else 200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()
