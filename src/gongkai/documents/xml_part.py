"""XML 部件 — one part of an office file to a tree, with nothing that such a file has no need of."""

from __future__ import annotations

from lxml import etree

from gongkai.documents.limits import Limits, check_tags
from gongkai.documents.refusals import refusal

_DECLARES = (b"<!DOCTYPE", b"<!ENTITY")


def xml_root(source: str, data: bytes, limits: Limits) -> etree._Element:
    """解析 XML 部件 — without entities, external parts or network. DocumentError for a part that declares any."""
    if any(sign in data for sign in _DECLARES):
        raise refusal("entities", source)
    check_tags(source, data, limits)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise refusal("damaged", source) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise refusal("entities", source)
    return root
