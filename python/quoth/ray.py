"""Ray Data: articles of a Dataset, by map_batches.

import quoth.ray

quotes = quoth.ray.annotate(dataset, text="body", id="url", keep=["date"])
"""

from __future__ import annotations

from typing import Any

from quoth.arrow import Annotate

__all__ = ["annotate"]


def annotate(
    dataset: Any,
    table: Any = "quotes",
    *,
    batch_size: int = 256,
    ray_options: dict[str, Any] | None = None,
    **settings: Any,
) -> Any:
    """The Dataset of the quotes (sentences, mentions) of a Dataset; see quoth.arrow.Annotate.

    ray_options go to Dataset.map_batches().
    """
    call = Annotate(table, **settings)
    return dataset.map_batches(
        call.__call__,
        batch_format="pyarrow",
        batch_size=batch_size,
        zero_copy_batch=True,
        **(ray_options or {}),
    )
