"""The worked example of docs/verify.md, computed from the definitions and from nothing of ours."""

from __future__ import annotations

import base64
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.events.rfc6962 import Definition

ORIGIN = "example.org/record"
BODIES = [b'{"n":%d}' % number for number in range(1, 6)]
SALT = "5a84dd816a7f5c2006eefc1bed899faf"
TEXT = "The workshop was held."
PRIVATE = bytes(range(32))


def example() -> dict[str, str]:
    """Return each value of the example by the name under which the page gives it."""
    tree = Definition(BODIES)
    key = Ed25519PrivateKey.from_private_bytes(PRIVATE)
    public = key.public_key().public_bytes_raw()
    key_id = sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]
    head = f"{ORIGIN}\n5\n{base64_of(tree.mth(0, 5))}\n"
    return {
        "commitment": sha256(bytes.fromhex(SALT) + TEXT.encode()).hexdigest(),
        **{f"leaf {at}": tree.mth(at - 1, at).hex() for at in range(1, 6)},
        "node 1-2": tree.mth(0, 2).hex(),
        "node 3-4": tree.mth(2, 4).hex(),
        "node 1-4": tree.mth(0, 4).hex(),
        "root of 3": tree.mth(0, 3).hex(),
        "root of 5": tree.mth(0, 5).hex(),
        **steps("inclusion of 3", tree.path(2, 0, 5)),
        **steps("consistency 3", tree.proof(3, 5)),
        "private key": PRIVATE.hex(),
        "public key": public.hex(),
        "key id": key_id.hex(),
        "key.txt": "+".join((ORIGIN, key_id.hex(), base64_of(b"\x01" + public))),
        "head, line 3": base64_of(tree.mth(0, 5)),
        "signature": key.sign(head.encode()).hex(),
        "last line": f"\N{EM DASH} {ORIGIN} {base64_of(key_id + key.sign(head.encode()))}",
    }


def steps(name: str, nodes: list[bytes]) -> dict[str, str]:
    """Return the steps of a proof by number."""
    return {f"{name}, step {at}": node.hex() for at, node in enumerate(nodes, start=1)}


def base64_of(value: bytes) -> str:
    """Return a value in base 64."""
    return base64.b64encode(value).decode()
