"""岗位 — what a person is appointed to do in a body, in whatever procedure (条例 第四条、第十七条)."""

from __future__ import annotations

from gongkai.law.terms import Term


class Role(Term):
    """岗位 — what a person is appointed to do in a body (条例 第四条、第十七条). The last three exclude one another."""

    CLERK = "clerk", "信息员", "条例 第四条"
    FIRST_REVIEWER = "first_reviewer", "初审", "条例 第十七条"
    SECOND_REVIEWER = "second_reviewer", "复审", "条例 第十七条"
    LEGAL_REVIEWER = "legal_reviewer", "合法性审核", "条例 第十七条"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查", "条例 第十七条"
    FINAL_REVIEWER = "final_reviewer", "终审", "条例 第十七条"
    DISCLOSURE_OFFICE = "disclosure_office", "工作机构", "条例 第四条"
    OFFICE_HEAD = "office_head", "工作机构负责人", "条例 第三十三条第二款"
    COMPETENT_DEPARTMENT = "competent_department", "主管部门", "条例 第三条"
    SYSTEM_ADMIN = "system_admin", "系统管理员", "条例 第八条"
    SECURITY_ADMIN = "security_admin", "安全管理员", "条例 第八条"
    AUDIT_ADMIN = "audit_admin", "审计管理员", "条例 第八条"


SIGNERS = frozenset({Role.DISCLOSURE_OFFICE, Role.OFFICE_HEAD})
"""可以签发的岗位 — roles whose holders may sign what another person drafted (条例 第四条、第三十三条第二款)."""

ADMINISTRATORS = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN)
"""三员 — roles that no person holds two of, nor together with any other role (条例 第八条)."""
