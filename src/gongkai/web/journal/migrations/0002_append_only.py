"""只增不改 — the database itself refuses to change or remove what the journal holds (条例 第四十五条).

Django rebuilds a table of SQLite when its columns change, and triggers do not survive that: such a migration runs
`guard` again.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("journal_entry", "journal_anchor")
REFUSAL = "the journal is only added to"


def guard(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _postgresql(schema_editor)
    else:
        _sqlite(schema_editor)


def _sqlite(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in KEPT:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
    schema_editor.execute(
        "CREATE TRIGGER IF NOT EXISTS journal_chain_no_delete BEFORE DELETE ON journal_chain "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )
    schema_editor.execute(
        "CREATE TRIGGER IF NOT EXISTS journal_chain_grows BEFORE UPDATE ON journal_chain "
        "WHEN NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.length <> OLD.length + 1 "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    )


def _postgresql(schema_editor: BaseDatabaseSchemaEditor) -> None:
    schema_editor.execute(
        "CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    for table in KEPT:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )
    schema_editor.execute(
        "CREATE TRIGGER journal_chain_no_delete BEFORE DELETE OR TRUNCATE ON journal_chain "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    )
    schema_editor.execute(
        "CREATE TRIGGER journal_chain_grows BEFORE UPDATE ON journal_chain FOR EACH ROW "
        "WHEN (NEW.id <> OLD.id OR NEW.code <> OLD.code OR NEW.length <> OLD.length + 1) "
        "EXECUTE FUNCTION journal_refuse()"
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
