"""`python -m benchmarks schemas`: docs/schemas/ anew, from the models they are made of."""

from __future__ import annotations

import json
from pathlib import Path

from gadfly.eval.sharing.documents import schemas

FOLDER = Path(__file__).parents[1] / "docs" / "schemas"


def main() -> None:
    """Write a file for each schema."""
    FOLDER.mkdir(exist_ok=True)
    for name, schema in schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (FOLDER / f"{name}.schema.json").write_text(text, encoding="utf-8")
        print(FOLDER / f"{name}.schema.json")


if __name__ == "__main__":
    main()
