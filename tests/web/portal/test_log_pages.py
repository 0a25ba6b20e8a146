"""公开存证的网页 — heads, leaves and proofs as anybody takes them; nothing of what is not public (条例 第二十三条)."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from gongkai.documents.article import article
from gongkai.law.publishing import State
from gongkai.law.roles import Role
from gongkai.law.withdrawal import WithdrawalGround
from gongkai.web.journal import heads, tree
from gongkai.web.journal.proved import read
from tests.web.holdings.county import Office


def words(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_a_log_without_a_head_says_so(reader: Any) -> None:
    page = words(reader.get("/log/")).decode()
    assert "还没有签出树头" in page
    assert words(reader.get("/log/heads.jsonl")) == b""
    assert reader.get("/log/heads.xml").status_code == 200


def test_whoever_takes_heads_leaves_and_a_proof_can_check_them_alone(reader: Any) -> None:
    from gongkai.web.journal import log

    office = Office()
    item = office.bring(office.create(title="一件"), State.PUBLISHED)
    address = f"/items/{item.index_number}/"
    assert json.loads(words(reader.get(f"{address}proof.json")))["head"] is None
    first = log.sign_head(now=office.now)
    for each in range(4):
        office.bring(office.create(title=f"第{each}件"), State.PUBLISHED)
    log.sign_head(now=office.now + timedelta(hours=1))
    kept = list(heads.read(words(reader.get("/log/heads.jsonl")).splitlines()))
    assert [each.is_signed for each in kept] == [True, True]
    rows = [json.loads(line) for line in words(reader.get("/log/leaves.jsonl")).splitlines()]
    assert [row["number"] for row in rows] == list(range(kept[-1].size))

    def node(level: int, position: int) -> bytes:
        if level == 0:
            return tree.leaf_digest(rows[position]["leaf"].encode())
        return tree.joined(node(level - 1, 2 * position), node(level - 1, 2 * position + 1))

    assert [tree.root(each.size, node).hex() for each in kept] == [each.root for each in kept]
    proof = read(words(reader.get(f"{address}proof.json")))
    assert proof.faults() == []
    shown = article("页.html", words(reader.get(address)))
    assert shown
    assert proof.differs(shown.title, shown.text) == ""
    assert (
        f'rel="describedby" type="application/json" href="{address}proof.json"' in words(reader.get(address)).decode()
    )
    assert f'href="{address}proof.json"' in words(reader.get(f"{address}proof/")).decode()
    assert first
    grown = json.loads(words(reader.get(f"/log/consistency.json?first={kept[0].size}&second={kept[1].size}")))
    path = [bytes.fromhex(each) for each in grown["path"]]
    assert tree.grew(kept[0].size, kept[1].size, bytes.fromhex(kept[0].root), bytes.fromhex(kept[1].root), path)
    page = words(reader.get("/log/")).decode()
    assert kept[-1].root in page


def test_what_is_not_public_has_no_proof_and_what_was_withdrawn_none_any_more(reader: Any) -> None:
    from gongkai.web.holdings import actions

    office = Office()
    drafted = office.create(title="草稿里的词")
    assert reader.get(f"/items/{drafted.index_number}/proof.json").status_code == 404
    item = office.bring(office.create(title="撤下的词"), State.PUBLISHED)
    assert reader.get(f"/items/{item.index_number}/proof.json").status_code == 200
    staff = office.people.of(Role.DISCLOSURE_OFFICE)
    ground = WithdrawalGround.INACCURATE
    actions.withdraw(item=item, staff=staff, ground=ground, reason="内容有误", now=office.tick())
    assert reader.get(f"/items/{item.index_number}/proof.json").status_code == 404
    assert "的词" not in words(reader.get("/log/leaves.jsonl")).decode()


def test_odd_numbers_are_not_found(reader: Any) -> None:
    for given in ("first=1&second=2", "first=x&second=1", "first=-1&second=1", "first=²&second=1", f"first={'9' * 40}"):
        assert reader.get(f"/log/consistency.json?{given}").status_code == 404, given
    assert reader.get("/log/leaves.jsonl?from=x").status_code == 404
    assert words(reader.get("/log/leaves.jsonl?from=999999")) == b""
    assert reader.post("/log/").status_code == 405
