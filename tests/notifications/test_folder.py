from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from notifications.folder import FolderMailer
from notifications.mailer import Envelope, NotTaken

ENVELOPE = Envelope(
    "<gt-4f2a90c41b@example.org>",
    dt.date(2024, 12, 2),
    "remind@example.org",
    "lead@example.org",
    "PE3-E12",
)


def test_a_message_becomes_one_file_by_whose_name_people_find_it(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "outbox")

    mailer.begin(ENVELOPE)
    mailer.hand_over(b"Subject: hello\r\n")
    mailer.close()

    (written,) = (tmp_path / "outbox").iterdir()
    assert written.name == "2024-12-02-PE3-E12-90c41b.eml"
    assert written.read_bytes() == b"Subject: hello\r\n"


def test_writing_a_message_again_leaves_one_file(tmp_path: Path) -> None:
    for _ in range(2):
        mailer = FolderMailer(tmp_path)
        mailer.begin(ENVELOPE)
        mailer.hand_over(b"Subject: hello\r\n")

    assert len(list(tmp_path.iterdir())) == 1


def test_an_abandoned_envelope_leaves_no_file(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path)

    mailer.begin(ENVELOPE)
    mailer.abandon()

    assert list(tmp_path.iterdir()) == []


def test_a_message_id_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "outbox")
    for called in ("", "../../PE3-E12"):
        envelope = replace(ENVELOPE, message_id="</../../x@y>", called=called)
        assert mailer.path_of(envelope).parent == tmp_path / "outbox"
        assert "/" not in mailer.path_of(envelope).name


def test_a_message_without_a_name_is_called_after_its_id(tmp_path: Path) -> None:
    path = FolderMailer(tmp_path).path_of(replace(ENVELOPE, called=""))

    assert path.name == "2024-12-02-gt-4f2a90c41b.eml"


def test_two_records_that_share_a_folder_do_not_overwrite_each_other(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path)
    other = replace(ENVELOPE, message_id="<gt-77aa00ffee@example.org>")

    assert mailer.path_of(ENVELOPE) != mailer.path_of(other)


def test_a_folder_that_cannot_be_made_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    mailer = FolderMailer(tmp_path / "file" / "outbox")

    with pytest.raises(NotTaken) as refused:
        mailer.begin(ENVELOPE)

    assert not refused.value.for_good
    assert "file/outbox" in refused.value.reply


def test_a_folder_that_cannot_be_written_to_keeps_nothing_half_done(tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "outbox")
    mailer.begin(ENVELOPE)
    mailer.path_of(ENVELOPE).mkdir()

    with pytest.raises(NotTaken):
        mailer.hand_over(b"Subject: hello\r\n")

    left = [path.name for path in (tmp_path / "outbox").iterdir()]
    assert left == ["2024-12-02-PE3-E12-90c41b.eml"]
