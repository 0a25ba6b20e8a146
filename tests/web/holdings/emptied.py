"""升级以前的库 — with state secrets in full; then the upgrade; what is left, as JSON (保密法 第三十一条)."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
BEFORE = {"files": "0001_initial", "holdings": "0003_columns"}
WORD = "青隼工程"
METADATA: dict[str, Any] = {
    "column": "policies", "formed_on": "2026-11-16", "openness": "proactive", "ground": None, "ground_note": "",
    "genre": "notice", "topic": "", "audience": "", "document_number": "", "is_normative": False, "effective_on": None,
    "expires_on": None, "office": None, "joint_bodies": [], "relations": [],
}  # fmt: skip
SECRET = {
    "openness": "closed",
    "ground": "state_secret",
    "ground_note": "某范围第三项",
    "document_number": "示建〔2026〕3号",
}


class Old:
    """升级以前 — rows by the tables of then."""

    def __init__(self, apps: Any) -> None:
        self.model = apps.get_model
        body = self.model("bodies", "Body")
        self.body = body.objects.create(slug="jian", name="示范县住建局", short_name="县住建局", level="department")
        staff = self.model("bodies", "Staff")
        self.staff = staff.objects.create(username="a", name="某员", body=self.body, joined_at=NOW)
        self.model("bodies", "Appointment").objects.create(
            staff=self.staff, body=self.body, role="disclosure_office", appointed_at=NOW
        )
        self.column = self.model("holdings", "Column").objects.filter(slug="policies").first()
        self.count = 0

    def item(self, state: str, outcome: str, *versions: dict[str, Any], public: int | None = None) -> Any:
        """一件 — with its versions, the last of them at work; `public`: the number of the one that is."""
        self.count += 1
        told = {**METADATA, **versions[-1]}
        made = self.model("holdings", "Item").objects.create(
            body=self.body, column=self.column, index_number=f"N-{self.count}", state=state, openness=told["openness"],
            ground=told["ground"] or "", ground_note=told["ground_note"], formed_on=date(2026, 11, 16),
            due_on=date(2026, 12, 14), updated_at=NOW, created_at=NOW, created_by=self.staff, last_actor=self.staff,
            published_at=NOW if public else None,
        )  # fmt: skip
        for number, changed in enumerate(versions, start=1):
            version = self.model("holdings", "Version").objects.create(
                item=made, number=number, title=f"{WORD}{number}", summary=WORD, body_html=f"<p>{WORD}</p>",
                body_text=WORD, metadata={**METADATA, **changed}, algorithm="sha256", digest="0" * 64,
                made_by=self.staff, made_at=NOW,
            )  # fmt: skip
            self.model("holdings", "Review").objects.create(
                item=made, version=version, act="pass_secrecy", from_state="secrecy_review", to_state="final_review",
                by=self.staff, at=NOW, opinion=f"{WORD}同意", digest="0" * 64,
                record={"way": "网站", "outcome": outcome},
            )  # fmt: skip
            self.attach(version)
            if public == number:
                made.public_version = version
        made.newest_version = version
        made.save()
        return made

    def attach(self, version: Any) -> None:
        """附件 — with its bytes and its public copy."""
        from django.core.files.base import File

        from gongkai.web.files import storing

        names = [storing.new_name(NOW) for _ in range(2)]
        for name in names:
            storing.store().save(name, File(BytesIO(WORD.encode())))
        file = self.model("files", "File").objects.create(
            body=self.body, name=f"{WORD}.txt", kind="txt", size=4, algorithm="sha256", digest="0" * 64,
            storage_name=names[0], scan_state="clean", inspection={"hits": [], "text": WORD}, inspected_at=NOW,
            uploaded_by=self.staff, uploaded_at=NOW,
        )  # fmt: skip
        copy = self.model("files", "PublicCopy").objects.create(
            file=file, key=names[1], kind="stripped", name=f"{WORD}.txt", size=4, algorithm="sha256", digest="0" * 64,
            storage_name=names[1], made_at=NOW, published_at=NOW,
        )  # fmt: skip
        self.model("holdings", "ItemFile").objects.create(version=version, file=file, copy=copy, title=WORD)


def held_by(item: Any) -> int:
    """还留着的 — how many columns of an item and of what belongs to it hold the word."""
    versions = list(item.versions.all())
    rows = [item, *versions, *item.reviews.all(), *(use for version in versions for use in version.files.all())]
    return sum(WORD in str(value) for row in rows for value in vars(row).values())


def main() -> None:
    """走一遍 — before, the upgrade, after."""
    import django

    django.setup()
    from datetime import timedelta

    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    from gongkai.web.journal.actions import record

    for app in ("bodies", "journal", "api", "files", "holdings"):
        call_command("migrate", app, *([BEFORE[app]] if app in BEFORE else []), verbosity=0, interactive=False)
    executor = MigrationExecutor(connection)
    old = Old(executor.loader.project_state(list(executor.loader.applied_migrations)).apps)
    with transaction.atomic():
        record(chain="jian", act="holdings.create", subject="holdings.item:1", actor="staff:1", now=NOW)
    items = {
        "secret": old.item("held", "不予公开", {}, SECRET),
        "plain": old.item("published", "公开", {}, public=1),
        "cut": old.item("published", " 删减后公开 ", {}, public=1),
        "doubtful": old.item("published", "不予公开", {}, public=1),
        "odd": old.item("final_review", "随便写的", {}),
        "half": old.item("draft", "公开", {}, SECRET, public=1),
    }
    call_command("migrate", verbosity=0, interactive=False)
    from gongkai.web.files.models import File
    from gongkai.web.files.sweeping import sweep
    from gongkai.web.holdings.digests import is_intact
    from gongkai.web.holdings.models import Item, Notice
    from gongkai.web.journal.models import Entry
    from gongkai.web.journal.queries import verify

    now = {name: Item.objects.get(pk=item.pk) for name, item in items.items()}
    swept = sweep(datetime.now(UTC) + timedelta(days=2))
    secret = now["secret"]
    json.dump(
        {
            "held": {name: held_by(item) for name, item in now.items()},
            "outcomes": {name: (item.reviews.first().record or {}).get("outcome") for name, item in now.items()},
            "doubtful": list(Notice.objects.values_list("item__index_number", flat=True)),
            "titles": sorted({version.title for version in secret.versions.all()}),
            "intact": all(is_intact(version) for version in secret.versions.all()),
            "basis": secret.ground_note,
            "number": secret.document_number,
            "public": [name for name, item in now.items() if item.public_version_id],
            "files": File.objects.filter(purged_at=None).count(),
            "swept": list(swept),
            "verify": len(verify()),
            "entries": [
                [entry.subject, entry.facts["versions"]] for entry in Entry.objects.filter(act="holdings.emptied")
            ],
            "half": [version.emptied_at is not None for version in now["half"].versions.order_by("number")],
        },
        sys.stdout,
    )


if __name__ == "__main__":
    main()
