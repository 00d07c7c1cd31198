"""The triggers that revisions make, as texts, each as its revision runs it: never edited.

They stand apart from the revisions because a store is held against them
(``mutasi.store.guards``) where nothing is migrated and Alembic is not wanted.
"""

from collections.abc import Iterator
from typing import Final

# ------------------------------------------------------------------ 0005: the trail

TRAIL_OF_SQLITE: Final = [
    """
    CREATE TRIGGER trail_follows BEFORE INSERT ON trail
    WHEN NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM trail)
      OR NEW.previous IS NOT coalesce(
           (SELECT hash FROM trail ORDER BY number DESC LIMIT 1), printf('%064d', 0))
    BEGIN SELECT RAISE(ABORT, 'an entry of the trail follows the last one'); END
    """,
    """
    CREATE TRIGGER trail_unchanged BEFORE UPDATE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END
    """,
    """
    CREATE TRIGGER trail_kept BEFORE DELETE ON trail
    BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END
    """,
]

TRAIL_OF_POSTGRESQL: Final = [
    """
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is only added to', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
    """,
    """
    CREATE FUNCTION require_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.number IS DISTINCT FROM (SELECT coalesce(max(number), 0) + 1 FROM trail)
        OR NEW.previous IS DISTINCT FROM coalesce(
             (SELECT hash FROM trail ORDER BY number DESC LIMIT 1), repeat('0', 64))
      THEN
        RAISE EXCEPTION 'an entry of the trail follows the last one'
          USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER trail_follows BEFORE INSERT ON trail
    FOR EACH ROW EXECUTE FUNCTION require_following()
    """,
    """
    CREATE TRIGGER trail_unchanged BEFORE UPDATE ON trail
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER trail_kept BEFORE DELETE ON trail
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER trail_whole BEFORE TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def of_trail(dialect: str) -> Iterator[str]:
    """Yield what makes the trail only ever added to."""
    yield from TRAIL_OF_POSTGRESQL if dialect == "postgresql" else TRAIL_OF_SQLITE


# ------------------------------------------------------------------ 0006: receipts

RECEIPTS: Final = {
    "receipts": "SELECT 1 FROM receipts WHERE number = NEW.number OR receipt_id = NEW.receipt_id",
    "receipt_people": "SELECT 1 FROM receipt_people"
    " WHERE number = NEW.number AND employee_id = NEW.employee_id",
}
"""Each table, with the query for a row that another would replace."""


def of_receipts(dialect: str) -> Iterator[str]:
    """Yield what makes receipts only ever added to; the function is of the trail's revision.

    SQLite replaces a row without asking the triggers of a removal.
    """
    acts = {"unchanged": "UPDATE", "kept": "DELETE"}
    for table, there in RECEIPTS.items():
        if dialect == "sqlite":
            refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
            for name, act in acts.items():
                yield f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} {refused}"
            yield (
                f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table}"
                f" WHEN EXISTS ({there}) {refused}"
            )
            continue
        refused = "EXECUTE FUNCTION refuse_change()"
        for name, act in acts.items():
            yield f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} FOR EACH ROW {refused}"
        yield (
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}"
        )


# --------------------------------------------------------------------- 0007: cases

CASES_OF_SQLITE: Final = [
    """
    CREATE TRIGGER case_events_follow BEFORE INSERT ON case_events
    WHEN NOT EXISTS (
      SELECT 1 FROM cases
      WHERE cases.case_id = NEW.case_id AND cases.version + 1 = NEW.version
        AND (cases.version = 0 OR cases.state = NEW.before)
    ) OR NEW.dated_on < (
      SELECT coalesce(max(dated_on), NEW.dated_on) FROM case_events WHERE case_id = NEW.case_id
    )
    BEGIN SELECT RAISE(ABORT, 'an event of a case follows the last one'); END
    """,
    """
    CREATE TRIGGER case_events_lead AFTER INSERT ON case_events
    BEGIN
      UPDATE cases SET state = NEW.state, version = NEW.version,
        slot = CASE WHEN NEW.is_going THEN slot ELSE NULL END
      WHERE case_id = NEW.case_id;
    END
    """,
    """
    CREATE TRIGGER case_events_unchanged BEFORE UPDATE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events of cases are only added to'); END
    """,
    """
    CREATE TRIGGER case_events_kept BEFORE DELETE ON case_events
    BEGIN SELECT RAISE(ABORT, 'events of cases are only added to'); END
    """,
    """
    CREATE TRIGGER cases_begin BEFORE INSERT ON cases
    WHEN NEW.version <> 0 OR EXISTS (
      SELECT 1 FROM cases
      WHERE number = NEW.number OR case_id = NEW.case_id OR slot = NEW.slot
    )
    BEGIN SELECT RAISE(ABORT, 'a case begins without events, and replaces none'); END
    """,
    """
    CREATE TRIGGER cases_follow BEFORE UPDATE ON cases
    WHEN NOT EXISTS (
      SELECT 1 FROM case_events
      WHERE case_events.case_id = NEW.case_id AND case_events.version = NEW.version
        AND case_events.state = NEW.state AND NEW.version = OLD.version + 1
        AND NEW.slot IS CASE WHEN case_events.is_going THEN OLD.slot ELSE NULL END
    ) OR NEW.number IS NOT OLD.number OR NEW.case_id IS NOT OLD.case_id
      OR NEW.kind IS NOT OLD.kind OR NEW.employee_id IS NOT OLD.employee_id
      OR NEW.position_id IS NOT OLD.position_id OR NEW.unit_id IS NOT OLD.unit_id
      OR NEW.origin_position_id IS NOT OLD.origin_position_id
      OR NEW.origin_unit_id IS NOT OLD.origin_unit_id
      OR NEW.content IS NOT OLD.content OR NEW.made_at IS NOT OLD.made_at
    BEGIN SELECT RAISE(ABORT, 'a case follows from its events'); END
    """,
    """
    CREATE TRIGGER cases_kept BEFORE DELETE ON cases
    BEGIN SELECT RAISE(ABORT, 'cases are kept'); END
    """,
]

CASES_OF_POSTGRESQL: Final = [
    """
    CREATE FUNCTION require_event_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NOT EXISTS (
        SELECT 1 FROM cases
        WHERE cases.case_id = NEW.case_id AND cases.version + 1 = NEW.version
          AND (cases.version = 0 OR cases.state = NEW.before)
      ) OR NEW.dated_on < (
        SELECT coalesce(max(dated_on), NEW.dated_on) FROM case_events WHERE case_id = NEW.case_id
      ) THEN
        RAISE EXCEPTION 'an event of a case follows the last one'
          USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE FUNCTION lead_case() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      UPDATE cases SET state = NEW.state, version = NEW.version,
        slot = CASE WHEN NEW.is_going THEN slot ELSE NULL END
      WHERE case_id = NEW.case_id;
      RETURN NULL;
    END $$
    """,
    """
    CREATE FUNCTION require_case_following() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF TG_OP = 'INSERT' THEN
        IF NEW.version <> 0 THEN
          RAISE EXCEPTION 'a case begins without events' USING ERRCODE = 'restrict_violation';
        END IF;
      ELSIF NOT EXISTS (
        SELECT 1 FROM case_events
        WHERE case_events.case_id = NEW.case_id AND case_events.version = NEW.version
          AND case_events.state = NEW.state AND NEW.version = OLD.version + 1
          AND NEW.slot IS NOT DISTINCT FROM
            CASE WHEN case_events.is_going THEN OLD.slot ELSE NULL END
      ) OR (NEW.number, NEW.case_id, NEW.kind, NEW.employee_id, NEW.position_id,
            NEW.unit_id, NEW.origin_position_id, NEW.origin_unit_id, NEW.content::text, NEW.made_at)
        IS DISTINCT FROM
           (OLD.number, OLD.case_id, OLD.kind, OLD.employee_id, OLD.position_id,
            OLD.unit_id, OLD.origin_position_id, OLD.origin_unit_id, OLD.content::text, OLD.made_at)
      THEN
        RAISE EXCEPTION 'a case follows from its events' USING ERRCODE = 'restrict_violation';
      END IF;
      RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER case_events_follow BEFORE INSERT ON case_events
    FOR EACH ROW EXECUTE FUNCTION require_event_following()
    """,
    """
    CREATE TRIGGER case_events_lead AFTER INSERT ON case_events
    FOR EACH ROW EXECUTE FUNCTION lead_case()
    """,
    """
    CREATE TRIGGER cases_follow BEFORE INSERT OR UPDATE ON cases
    FOR EACH ROW EXECUTE FUNCTION require_case_following()
    """,
    """
    CREATE TRIGGER cases_kept BEFORE DELETE ON cases
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER cases_whole BEFORE TRUNCATE ON cases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER case_events_kept BEFORE UPDATE OR DELETE ON case_events
    FOR EACH ROW EXECUTE FUNCTION refuse_change()
    """,
    """
    CREATE TRIGGER case_events_whole BEFORE TRUNCATE ON case_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()
    """,
]


def of_cases(dialect: str) -> Iterator[str]:
    """Yield what lets cases follow from their events alone."""
    yield from CASES_OF_POSTGRESQL if dialect == "postgresql" else CASES_OF_SQLITE


# ------------------------------------------------------------------- 0010: records

RECORDS: Final = (
    *("governments", "blackouts", "units", "positions", "needs", "demands", "employees"),
    *("standings", "grades", "residences", "postings", "appraisals", "reviews", "educations"),
    *("trainings", "assessments", "potentials", "sanctions", "credits", "awards"),
    *("merit_indices", "circumstances", "offers", "transfers", "objections"),
)
NAMED_OF_SQLITE: Final = """
CREATE TRIGGER {table}_{deed}_named AFTER {deed} ON {table}
BEGIN UPDATE records_state SET name = lower(hex(randomblob(16))); END
"""
"""One row is enough where one writes at a time."""

DEEDS: Final = ("insert", "update", "delete")
NAMING: Final = """
CREATE FUNCTION name_records() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog AS $$
BEGIN
  EXECUTE format(
    'INSERT INTO %I.records_state (number, name)'
    ' VALUES (pg_current_xact_id()::text::bigint, gen_random_uuid())'
    ' ON CONFLICT (number) DO UPDATE SET name = EXCLUDED.name', TG_TABLE_SCHEMA);
  RETURN NULL;
END $$
"""
"""A row for each transaction, so that writers of records do not wait for each other."""

NAMED_OF_POSTGRESQL: Final = """
CREATE TRIGGER {table}_named AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION name_records()
"""


def of_records(dialect: str) -> Iterator[str]:
    """Yield what draws another name of the records at every change of theirs."""
    if dialect == "postgresql":
        yield NAMING
        yield from (NAMED_OF_POSTGRESQL.format(table=table) for table in RECORDS)
    else:
        for table in RECORDS:
            yield from (NAMED_OF_SQLITE.format(table=table, deed=deed) for deed in DEEDS)


# ------------------------------------------------------------------- 0011: pruning

PRUNED: Final = {
    "receipts": "SELECT 1 FROM receipts_pruned WHERE receipt_id = OLD.receipt_id",
    "receipt_people": "SELECT 1 FROM receipts_pruned JOIN receipts USING (receipt_id)"
    " WHERE receipts.number = OLD.number",
    "receipt_marks": "SELECT 1 FROM receipts_pruned JOIN receipts USING (receipt_id)"
    " WHERE receipts.number = OLD.number",
}
"""Each table from which a row may be removed, with the query for what says that it may."""

NEW: Final = {
    "receipt_marks": "SELECT 1 FROM receipt_marks WHERE number = NEW.number AND mark = NEW.mark",
    "receipts_pruned": "SELECT 1 FROM receipts_pruned WHERE receipt_id = NEW.receipt_id",
}
"""Each new table, with the query for a row that another would replace."""


def of_pruning(dialect: str) -> Iterator[str]:
    """Yield what lets receipts go once they are named as pruned."""
    yield from _pruning_of_sqlite() if dialect == "sqlite" else _pruning_of_postgresql()


def _pruning_of_sqlite() -> Iterator[str]:
    for table, pruned in PRUNED.items():
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to, or pruned'); END"
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}"
            f" WHEN NOT EXISTS ({pruned}) {refused}"
        )
    for table, replaced in NEW.items():
        refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
        yield f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} {refused}"
        yield (
            f"CREATE TRIGGER {table}_new BEFORE INSERT ON {table}"
            f" WHEN EXISTS ({replaced}) {refused}"
        )
    refused = "BEGIN SELECT RAISE(ABORT, 'receipts_pruned is only added to'); END"
    yield f"CREATE TRIGGER receipts_pruned_kept BEFORE DELETE ON receipts_pruned {refused}"


def _pruning_of_postgresql() -> Iterator[str]:
    for table, pruned in PRUNED.items():
        yield f"""
            CREATE FUNCTION refuse_unless_pruned_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF NOT EXISTS ({pruned}) THEN
                RAISE EXCEPTION '{table} is only added to, or pruned'
                  USING ERRCODE = 'restrict_violation';
              END IF;
              RETURN OLD;
            END $$
        """
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}"
            f" FOR EACH ROW EXECUTE FUNCTION refuse_unless_pruned_{table}()"
        )
    refused = "EXECUTE FUNCTION refuse_change()"
    for table in NEW:
        yield f"CREATE TRIGGER {table}_unchanged BEFORE UPDATE ON {table} FOR EACH ROW {refused}"
        yield (
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refused}"
        )
    yield (
        "CREATE TRIGGER receipts_pruned_kept BEFORE DELETE ON receipts_pruned"
        f" FOR EACH ROW {refused}"
    )


REVISIONS: Final = (of_trail, of_receipts, of_cases, of_records, of_pruning)
"""In the order in which they run: a later trigger is in place of an earlier one of its name."""
