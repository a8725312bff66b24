"""Signing in with an account of a provider, by OpenID Connect (Core 1.0; code with PKCE, nonce).

Who somebody is, is the issuer and the subject that it vouches for. The address in an account says
nothing: whoever administers the provider could write any there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from httpx2 import HTTPError
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from interfaces.settings import WebSettings
from interfaces.web.signing_in.tickets import new_token

_SIGNED_BY: Final = ("RS256", "PS256", "ES256", "EdDSA")
"""How a provider may sign: with a key that it alone has."""

_LEEWAY_SECONDS: Final = 120
_TIMEOUT_SECONDS: Final = 10


class AccountRefused(RuntimeError):
    """A provider did not vouch for anybody; `reason` is for the log, and names nobody."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody's account: who vouches for it, and what they call it, for good."""

    issuer: str
    subject: str


@dataclass(frozen=True, slots=True)
class Journey:
    """What a browser takes to the provider and back, so that the answer is to its question."""

    state: str
    nonce: str
    verifier: str


class OpenIdProvider:
    """The provider that is configured. `back`: the address to which it sends people back."""

    def __init__(self, settings: WebSettings, back: str) -> None:
        self._settings, self._back = settings, back

    def begin(self) -> tuple[str, Journey]:
        """Return the provider's address for a browser, and its journey. Raises `AccountRefused`."""
        journey = Journey(new_token(), new_token(), new_token())
        with self._client() as client:
            known = self._metadata(client)
            url, _ = client.create_authorization_url(
                known["authorization_endpoint"],
                state=journey.state,
                nonce=journey.nonce,
                code_verifier=journey.verifier,
            )
        return str(url), journey

    def end(self, journey: Journey, query: str, now: int) -> Account:
        """Return whom the provider vouches for. Raises `AccountRefused`.

        `query`: of the address to which it sent the browser back; `now`: seconds of the Unix clock.
        """
        answer = {name: values[0] for name, values in parse_qs(query).items()}
        if answer.get("state") != journey.state:
            raise AccountRefused("the answer is to another question")
        if "code" not in answer:
            raise AccountRefused("the provider gave no code")
        if answer.get("iss", self._settings.oidc_issuer) != self._settings.oidc_issuer:
            raise AccountRefused("the answer comes from another provider")
        with self._client() as client:
            known = self._metadata(client)
            token = self._token(client, known, answer["code"], journey)
            return self._vouched(client, known, token, journey, now)

    def _client(self) -> OAuth2Client:
        settings = self._settings
        return OAuth2Client(
            settings.oidc_client_id,
            settings.oidc_client_secret or None,
            scope="openid",
            redirect_uri=self._back,
            code_challenge_method="S256",
            timeout=_TIMEOUT_SECONDS,
        )

    def _metadata(self, client: OAuth2Client) -> Mapping[str, Any]:
        issuer = self._settings.oidc_issuer
        known = _json(client, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if known.get("issuer") != issuer:
            raise AccountRefused("the provider calls itself something else than configured")
        for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
            if urlsplit(str(known.get(name))).scheme != urlsplit(issuer).scheme:
                raise AccountRefused(f"the provider gives no {name} as safe as its own address")
        return known

    def _token(
        self, client: OAuth2Client, known: Mapping[str, Any], code: str, journey: Journey
    ) -> Mapping[str, Any]:
        try:
            token: Mapping[str, Any] = client.fetch_token(
                known["token_endpoint"],
                code=code,
                code_verifier=journey.verifier,
                grant_type="authorization_code",
            )
        except (AuthlibBaseError, HTTPError, ValueError) as problem:
            raise AccountRefused(f"the code was not taken: {type(problem).__name__}") from problem
        return token

    def _vouched(
        self,
        client: OAuth2Client,
        known: Mapping[str, Any],
        token: Mapping[str, Any],
        journey: Journey,
        now: int,
    ) -> Account:
        keys = _json(client, known["jwks_uri"])
        issuer, ours = self._settings.oidc_issuer, self._settings.oidc_client_id
        try:
            signed = jwt.decode(
                str(token.get("id_token")),
                KeySet.import_key_set({"keys": keys["keys"]}),
                registry=JWSRegistry(algorithms=[*_SIGNED_BY], strict_check_header=False),
            )
            claims = CodeIDToken(
                signed.claims,
                signed.header,
                {"iss": {"values": [issuer]}, "aud": {"values": [ours]}},
                {"nonce": journey.nonce, "client_id": ours},
            )
            claims.validate(now=now, leeway=_LEEWAY_SECONDS)
        except (AuthlibBaseError, JoseError, KeyError, TypeError, ValueError) as problem:
            raise AccountRefused(f"the token does not hold: {type(problem).__name__}") from problem
        if claims.get("nonce") != journey.nonce or not claims["sub"]:
            raise AccountRefused("the token is for another journey")
        return Account(issuer, str(claims["sub"]))


def _json(client: OAuth2Client, url: str) -> dict[str, Any]:
    try:
        answer = client.request("GET", url, withhold_token=True)
        answer.raise_for_status()
        found = answer.json()
    except (AuthlibBaseError, HTTPError, ValueError) as problem:
        raise AccountRefused(f"the provider cannot be read: {type(problem).__name__}") from problem
    if not isinstance(found, dict):
        raise AccountRefused("the provider gives no object")
    return found
