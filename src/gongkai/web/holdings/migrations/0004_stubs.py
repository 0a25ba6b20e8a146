"""涉密信息只留登记 — what was kept of state secrets is emptied, conclusions become codes (保密法 第三十一条; 条例 第十七条).

Of every item closed as a state secret the words, the files and what was said of it go; number, ground, basis and the
day of the next assessment stay. The bytes of its files are removed by the sweep of the day after. Backups made before
still hold them: docs/how-to/state-secrets.md says what to do with them.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

from gongkai.law.secrecy import Conclusion, conclusion_of
from gongkai.web.journal.chaining import Link

GROUND = "state_secret"
TITLE = "（涉密信息，编号 {index}）"
WIDE = (Conclusion.OPEN, Conclusion.OPEN_AFTER_CUTS)
DOUBTFUL = "已经公开，但保密审查记录的结论不是“公开”。请核对，需要的先撤下。"
_BLANK = {
    "summary": "",
    "keywords": "",
    "source": "",
    "annotation": "",
    "body_html": "",
    "body_text": "",
    "guard": [],
}
_FORGOTTEN: dict[str, Any] = {
    "document_number": "",
    "topic": "",
    "audience": "",
    "effective_on": None,
    "expires_on": None,
    "joint_bodies": [],
    "relations": [],
}


def decide(apps: Any, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Conclusions by their code; those that nobody can read stay as they are, and publish nothing any more."""
    for review in _model(apps, "Review").objects.filter(act="pass_secrecy", record__isnull=False).iterator():
        found = conclusion_of(review.record.get("outcome"))
        if found is not None and review.record["outcome"] != found.value:
            review.record = {**review.record, "outcome": found.value}
            review.save(update_fields=["record"])
    _tell_of_doubtful(apps)


def _tell_of_doubtful(apps: Any) -> None:
    """What was published though the review had not concluded so: the office is told, and decides."""
    now, appointments = timezone.now(), apps.get_model("bodies", "Appointment").objects
    for item in _model(apps, "Item").objects.exclude(public_version=None).iterator():
        last = item.reviews.filter(act="pass_secrecy", version=item.public_version_id).order_by("-id").first()
        if last is None or last.record is None or conclusion_of(last.record.get("outcome")) in WIDE:
            continue
        office = appointments.filter(body=item.body_id, role="disclosure_office", ended_at=None, staff__is_active=True)
        for staff in office.values_list("staff", flat=True).distinct():
            _model(apps, "Notice").objects.create(
                to_id=staff, body_id=item.body_id, item=item, template=DOUBTFUL, at=now
            )


def empty(apps: Any, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Every item that is closed as a state secret, now or in the version at work; of one that is public only drafts."""
    now = timezone.now()
    for item in _model(apps, "Item").objects.select_related("body", "newest_version").iterator():
        newest = item.newest_version.metadata.get("ground") if item.newest_version else None
        if GROUND in (item.ground, newest):
            own = [each for each in item.versions.all() if each.metadata.get("ground") == GROUND]
            _empty(apps, item, own if item.public_version_id else list(item.versions.all()), now)


def _empty(apps: Any, item: Any, versions: list[Any], now: datetime) -> None:
    held = _model(apps, "ItemFile").objects.filter(version__in=versions)
    files = list(held.values_list("file", flat=True).distinct())
    held.delete()
    purged = [each for each in files if _purge_file(apps, each, now)]
    for version in versions:
        for name, value in {**_BLANK, "title": TITLE.format(index=item.index_number), "emptied_at": now}.items():
            setattr(version, name, value)
        version.metadata = {**version.metadata, **_FORGOTTEN}
        version.save()
    _model(apps, "Review").objects.filter(version__in=versions).update(opinion="", record=None)
    _model(apps, "Override").objects.filter(version__in=versions).update(reason="")
    _model(apps, "Snapshot").objects.filter(version__in=versions).update(html="")
    if not item.public_version_id:
        _empty_item(apps, item)
    for answer in apps.get_model("api", "Answer").objects.filter(token__body=item.body_id):
        if isinstance(answer.content, dict) and answer.content.get("id") == item.id:
            answer.delete()
    subjects = [f"holdings.item:{item.id}", *(f"files.file:{each}" for each in purged)]
    apps.get_model("journal", "Salt").objects.filter(subject__in=subjects).delete()
    _record(apps, item, {"versions": len(versions), "files": purged}, now)


def _empty_item(apps: Any, item: Any) -> None:
    _model(apps, "Relation").objects.filter(source=item).delete()
    item.joint_bodies.clear()
    told = ("call_back_reason", "withdrawn_reason", "document_number", "topic", "audience")
    days = ("effective_on", "expires_on", "publish_at")
    blank = dict.fromkeys(told, "") | dict.fromkeys(days)
    _model(apps, "Item").objects.filter(id=item.id).update(**blank)


def _purge_file(apps: Any, number: int, now: datetime) -> bool:
    """Its bytes lose their row, and the sweep removes them; what another version still holds is no secret."""
    if _model(apps, "ItemFile").objects.filter(file=number).exists():
        return False
    for copy in apps.get_model("files", "PublicCopy").objects.filter(file=number):
        copy.name, copy.storage_name, copy.published_at = "", f"purged/copy/{copy.pk}", None
        copy.save()
    apps.get_model("files", "File").objects.filter(pk=number).update(
        name="", storage_name=f"purged/{number}", inspection=None, inspected_at=now, purged_at=now
    )
    return True


def _model(apps: Any, name: str) -> Any:
    return apps.get_model("holdings", name)


def _record(apps: Any, item: Any, facts: dict[str, object], now: datetime) -> None:
    """As the journal would record it, with the tables as they stand at this migration."""
    chains = apps.get_model("journal", "Chain").objects
    chain, _ = chains.get_or_create(code=item.body.slug)
    subject = f"holdings.item:{item.id}"
    link = Link(chain.code, chain.length + 1, now, "holdings.emptied", "platform", subject, facts, "sha256", chain.head)
    link = replace(link, digest=link.seal())
    chains.filter(pk=chain.pk).update(length=link.number, head=link.digest)
    names = ("number", "at", "act", "actor", "subject", "facts", "algorithm", "previous", "digest")
    apps.get_model("journal", "Entry").objects.create(chain=chain, **{name: getattr(link, name) for name in names})


class Migration(migrations.Migration):
    dependencies = [
        ("holdings", "0004_secrecy"),
        ("files", "0002_quarantine"),
        ("journal", "0002_append_only"),
        ("bodies", "0001_initial"),
        ("api", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(decide, migrations.RunPython.noop),
        migrations.RunPython(empty, migrations.RunPython.noop),
    ]
