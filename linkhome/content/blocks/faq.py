"""Questions and answers."""

from __future__ import annotations

from typing import Any

from ...config import schema
from .. import model
from ..here import At, Here


def make(block: schema.FaqBlock, here: Here, at: At) -> dict[str, Any] | None:
    """Return the questions with their rendered answers."""
    questions = tuple(
        model.Question(
            question=here.text(item.question), answer=here.markdown(item.answer, (*at, "faq", number, "answer"), top=3)
        )
        for number, item in enumerate(block.faq)
    )
    return {"title": here.text(block.title) or here.texts["faq"], "questions": questions} if questions else None
