"""How PostgreSQL looks for things in a long log, whatever its statistics say."""

from __future__ import annotations

from tests.events.logs import append, new_log, note

MANY = 1_500


def test_one_command_is_looked_for_by_the_index_after_a_bulk_import(postgres_url: str) -> None:
    asked = "SELECT 1 FROM events WHERE command_id = $1"
    with new_log(postgres_url) as log:
        append(log, "action-1", *(note() for _ in range(MANY)), command_id="the import")
        with log.engine.connect() as connection:
            # What it does once it has planned for some commands, and takes one plan for all.
            connection.exec_driver_sql("SET plan_cache_mode = force_generic_plan")
            connection.exec_driver_sql("ANALYZE events")
            connection.exec_driver_sql(f"PREPARE one(text) AS SELECT EXISTS ({asked})")
            plan = connection.exec_driver_sql("EXPLAIN EXECUTE one('another')").scalars().all()
    assert any("events_command_id" in line for line in plan), plan
    assert not any("Seq Scan" in line for line in plan)
