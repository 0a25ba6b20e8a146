"""请求的事 — what another administrator is asked to agree to, in full (GB/T 22239-2019 三员分立)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.law.administration import Event
from gongkai.law.roles import Role
from gongkai.web.bodies.models import LOST, Appointment, Body, Consent


@dataclass(frozen=True, slots=True)
class Asked:
    """请求的事 — what another administrator is asked to agree to: the act, and the role and body that it is about.

    `to`: what is to stand there afterwards.
    """

    consent: Consent
    act: str
    role: Role | None = None
    body: str = ""
    to: str = ""


_ACTS_ASKED = {"disable": Event.DISABLE_STAFF.label, LOST: "手机丢了，撤销动态口令"}
_WRITTEN = {"name": "改姓名", "email": "改电子邮箱"}


def asked(consents: Iterable[Consent]) -> list[Asked]:
    """说明请求的事 — for whoever answers, in full (GB/T 22239-2019 三员分立)."""
    listed = list(consents)
    told = [each.what.partition(":") for each in listed]
    ends = {int(rest) for begun, _, rest in told if begun == "end" and rest.isdigit()}
    ended = {each.id: each for each in Appointment.objects.filter(id__in=ends).select_related("body")}
    homes = dict(Body.objects.filter(slug__in=[rest for _, _, rest in told]).values_list("slug", "short_name"))
    found = []
    for each, (begun, _, rest) in zip(listed, told, strict=True):
        held = ended.get(int(rest)) if begun == "end" and rest.isdigit() else None
        if held is not None:
            found.append(Asked(each, Event.END_APPOINTMENT.label, held.role, held.body.short_name))
        elif begun in set(map(str, Role)):
            found.append(Asked(each, Event.APPOINT.label, Role(begun), homes.get(rest, rest)))
        elif begun in _WRITTEN:
            found.append(Asked(each, _WRITTEN[begun], to=rest))
        else:
            found.append(Asked(each, _ACTS_ASKED.get(each.what, each.duty.label)))
    return found
