"""Take needless bytes out of a finished page: the one place that calls htmlmin."""

from __future__ import annotations


def minify(html: str) -> str:
    """Return the page without comments and without white space that is never seen; never change its meaning.

    Only arguments that were proven safe are used: htmlmin's defaults decode character references in attributes
    and drop quotes, which breaks addresses such as ``?a=1&amp;copy=2``. What htmlmin cannot read stays as it is.
    """
    import htmlmin
    from htmlmin.parser import HTMLMinParser  # noqa: F401  (fails here, not in the middle of a page)

    try:
        done: str = htmlmin.minify(
            html,
            remove_comments=True,
            convert_charrefs=False,
            remove_optional_attribute_quotes=False,
            reduce_empty_attributes=False,
        )
    except (htmlmin.parser.ParseError, AssertionError, ValueError):
        return html
    return done
