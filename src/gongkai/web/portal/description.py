"""页面说明 — `<meta>` of the 指引 and linked data, for machines that read the page (网站发展指引)."""

from __future__ import annotations

from django.utils import timezone

from gongkai.law.scope import Validity
from gongkai.web.look.site import Site
from gongkai.web.portal.article import Article

_FORCE = {Validity.IN_FORCE: "InForce", Validity.AMENDED: "PartiallyInForce"}


def described(article: Article, site: Site, address: str) -> list[tuple[str, str]]:
    """页面说明 — name and content of each `<meta>`; what is empty is left out (网站发展指引)."""
    item, version = article.item, article.version
    published = timezone.localtime(item.published_at).strftime("%Y-%m-%d %H:%M") if item.published_at else ""
    found = [
        *site_described(site),
        ("ColumnName", item.column.name),
        ("ColumnDescription", item.column.scope),
        ("ColumnType", item.column.kind.label),
        ("ArticleTitle", version.title),
        ("PubDate", published),
        ("ContentSource", version.source or item.body.name),
        ("Keywords", version.keywords),
        ("Author", item.office.name if item.office else item.body.office_name or item.body.name),
        ("Description", version.summary),
        ("Url", address),
    ]
    return [(name, content) for name, content in found if content]


def site_described(site: Site) -> list[tuple[str, str]]:
    """站点说明 — the three `<meta>` that every page of the site has (网站发展指引)."""
    found = [("SiteName", site.name), ("SiteDomain", site.domain), ("SiteIDCode", site.code)]
    return [(name, content) for name, content in found if content]


def linked_data(article: Article, site: Site, address: str) -> dict[str, object]:
    """关联数据 — the item in the words of schema.org; what is empty is left out."""
    item, version = article.item, article.version
    is_act = bool(item.document_number)
    found = {
        "@context": "https://schema.org",
        "@type": "Legislation" if is_act else "Article",
        "@id": address,
        "name": version.title,
        "headline": version.title,
        "identifier": item.index_number,
        "legislationIdentifier": item.document_number,
        "legislationDate": item.formed_on.isoformat() if is_act else "",
        "legislationLegalForce": _FORCE.get(article.validity, "NotInForce") if is_act and article.validity else "",
        "dateCreated": item.formed_on.isoformat(),
        "datePublished": item.published_at.isoformat() if item.published_at else "",
        "abstract": version.summary,
        "keywords": version.keywords,
        "about": item.topic,
        "inLanguage": "zh-CN",
        "publisher": {"@type": "GovernmentOrganization", "name": item.body.name},
        "isPartOf": {"@type": "WebSite", "name": site.name} if site.name else "",
    }
    return {name: value for name, value in found.items() if value}
