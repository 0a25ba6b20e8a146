"""只增不改 — the database itself refuses to change or remove what the public log holds (条例 第四十五条)."""

from importlib import import_module

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("journal_logleaf", "journal_lognode", "journal_loghead")
REFUSAL = import_module("gongkai.web.journal.migrations.0002_append_only").REFUSAL
_MOVED = "NEW.id <> OLD.id OR NEW.size < OLD.size OR NEW.size > OLD.size + 1"


def guard(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        _postgresql(schema_editor)
    else:
        _sqlite(schema_editor)


def _sqlite(schema_editor: BaseDatabaseSchemaEditor) -> None:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table in KEPT:
        for event in ("UPDATE", "DELETE"):
            schema_editor.execute(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{event.lower()} BEFORE {event} ON {table} {refuse}"
            )
    schema_editor.execute(
        f"CREATE TRIGGER IF NOT EXISTS journal_logend_no_delete BEFORE DELETE ON journal_logend {refuse}"
    )
    schema_editor.execute(
        f"CREATE TRIGGER IF NOT EXISTS journal_logend_grows BEFORE UPDATE ON journal_logend WHEN {_MOVED} {refuse}"
    )


def _postgresql(schema_editor: BaseDatabaseSchemaEditor) -> None:
    for table in KEPT:
        schema_editor.execute(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )
    schema_editor.execute(
        "CREATE TRIGGER journal_logend_no_delete BEFORE DELETE OR TRUNCATE ON journal_logend "
        "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
    )
    schema_editor.execute(
        f"CREATE TRIGGER journal_logend_grows BEFORE UPDATE ON journal_logend FOR EACH ROW WHEN ({_MOVED}) "
        "EXECUTE FUNCTION journal_refuse()"
    )


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_public_log")]

    operations = [migrations.RunPython(guard, migrations.RunPython.noop)]
