"""What is told to whoever watches the machine."""

from __future__ import annotations

from dataclasses import replace

from tests.interfaces.web.browsing import Pages

TOKEN = {"authorization": "Bearer figures-for-prometheus"}


def test_the_process_is_alive_and_the_record_can_be_read(pages: Pages) -> None:
    browser = pages.browser()
    assert browser.get("/health") == "alive\n"
    assert browser.get("/ready") == "ready\n"


def test_a_record_that_cannot_be_read_is_told(pages: Pages) -> None:
    with pages.partnership.engine.connect() as connection:
        connection.exec_driver_sql("ALTER TABLE log_head RENAME TO gone")
    assert "cannot be read" in pages.browser().get("/ready", 503)
    assert pages.browser().get("/health") == "alive\n"


def test_figures_are_for_whoever_knows_the_token_and_name_no_address(pages: Pages) -> None:
    assert pages.browser().client.get("/metrics", headers=TOKEN).status_code == 404
    settings = pages.partnership.settings
    web = settings.web.model_copy(update={"metrics_token": "figures-for-prometheus"})
    watched = replace(pages.partnership, settings=settings.model_copy(update={"web": web}))
    pages.serve_as(watched)
    pages.signed_in("person-2").get("/A2")
    browser = pages.browser()
    assert browser.client.get("/metrics").status_code == 404
    told = browser.client.get("/metrics", headers=TOKEN).text
    assert 'goldthread_requests_total{method="GET",route="/{ref}",status="200"} 1.0' in told
    assert f"goldthread_record_entries {watched.log.head().size}" in told
    assert "A2" not in told
