"""What the styles of an OpenDocument file say: titles, hidden text, headers and footers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from marker.readers.symbols import is_symbol_font
from marker.readers.unseen import is_pale, is_tiny

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "draw": "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "svg": "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
}


def qn(name: str) -> str:
    """A name such as "text:p" as lxml writes it."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


SHAPES = frozenset(  # which text can be typed into
    qn(f"draw:{name}") for name in "custom-shape rect ellipse circle polygon polyline path line connector".split()
)
DRAWINGS = SHAPES | {qn("draw:frame")}


class Styles:
    """The styles of both parts of the file, either of which may be missing; `content` is the one with the text."""

    def __init__(self, styles: etree._Element | None, content: etree._Element | None) -> None:
        self.content = content
        self._root = styles
        self._by_name: dict[tuple[str | None, str | None], etree._Element] = {}
        for root in (styles, content):
            for style in root.iter(qn("style:style")) if root is not None else ():
                self._by_name[style.get(qn("style:family")), style.get(qn("style:name"))] = style

    def edges(self, edge: str) -> list[etree._Element]:
        """The headers or footers of all page layouts."""
        tags = [qn(f"style:{edge}"), qn(f"style:{edge}-left"), qn(f"style:{edge}-first")]
        return list(self._root.iter(*tags)) if self._root is not None else []

    def is_title(self, paragraph: etree._Element) -> bool:
        """Whether the paragraph's style is the document's title or subtitle, or comes from it."""
        names = [style.get(qn("style:name"), "") for style in self._chain("paragraph", paragraph)]
        return any(name in ("Title", "Subtitle") or name.startswith("Heading") for name in names)

    def is_hidden(self, element: etree._Element) -> bool:
        """Whether the words in a paragraph, or in what stands in one, are marked as hidden or cannot be seen.

        That is so if they are too small to read, or as good as white with nothing dark behind them.
        """
        found = list(self._text_properties(element))

        if _nearest(found, "text:display") == "none" or is_tiny(_nearest(found, "fo:font-size")):
            return True
        return is_pale(_nearest(found, "fo:color")) and not self._has_ground(element)

    def is_in_symbols(self, element: etree._Element) -> bool:
        """Whether the words in a paragraph, or in what stands in one, are in a font of signs."""
        return is_symbol_font(_nearest(self._text_properties(element), "style:font-name", "fo:font-family"))

    def _text_properties(self, element: etree._Element) -> Iterator[etree._Element]:
        """What the styles of the element, and of what it stands in up to its paragraph, say of text; nearest first."""
        for holder in [element, *element.iterancestors()]:
            is_paragraph = holder.tag in (qn("text:p"), qn("text:h"))
            for style in self._chain("paragraph" if is_paragraph else "text", holder):
                yield from style.iterfind("style:text-properties", NAMESPACES)
            if is_paragraph:
                return

    def _has_ground(self, element: etree._Element) -> bool:
        """Whether the element, or what it stands in, has a colour of its own behind it."""
        for holder in [element, *element.iterancestors()]:
            if holder.tag in DRAWINGS:
                return True
            name = next((value for key, value in holder.attrib.items() if str(key).endswith("}style-name")), None)
            for family in ("text", "paragraph", "table-cell", "table-row", "table"):
                style = self._by_name.get((family, str(name)))
                fills = (part.get(qn("fo:background-color")) for part in style) if style is not None else ()
                if any(fill and fill != "transparent" and not is_pale(fill) for fill in fills):
                    return True
        return False

    def _chain(self, family: str, element: etree._Element) -> Iterator[etree._Element]:
        """The element's style and those that it is based on, nearest first."""
        name = element.get(qn("text:style-name"))
        seen = set()
        while (family, name) in self._by_name and name not in seen:
            seen.add(name)
            style = self._by_name[family, name]
            yield style
            name = style.get(qn("style:parent-style-name"))


def _nearest(found: Iterable[etree._Element], *names: str) -> str:
    """The first that these properties say under any of the names."""
    return next((value for properties in found for name in names if (value := properties.get(qn(name)))), "")
