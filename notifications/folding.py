"""How the lines of an email are folded: seven bits wide, and never an empty line in the subject."""

from __future__ import annotations

from email.header import Header
from email.policy import EmailPolicy
from typing import Any, Final

from typing_extensions import override


class LetterPolicy(EmailPolicy):
    """Python's policy for emails, but for the subject's folds.

    EmailPolicy folds some subjects at once after "Subject:", and there are mail programs and
    filters that then show or see an empty one. `Header` begins on the first line, keeps to 76
    columns, and splits encoded words as RFC 2047 (section 2) asks.
    """

    @override
    def fold(self, name: str, value: Any) -> str:
        if name.lower() != "subject":
            return str(super().fold(name, value))
        words = str(value)
        charset = "us-ascii" if words.isascii() else "utf-8"
        folded = Header(words, charset, header_name=name).encode(linesep=self.linesep)
        return f"{name}: {folded}{self.linesep}"

    @override
    def fold_binary(self, name: str, value: Any) -> bytes:
        if name.lower() != "subject":
            return super().fold_binary(name, value)
        return self.fold(name, value).encode("ascii")


# Seven-bit lines pass through every server there is, and keep the bytes the same on their way.
LETTER_POLICY: Final = LetterPolicy(linesep="\r\n", cte_type="7bit")
