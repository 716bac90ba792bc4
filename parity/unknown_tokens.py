"""Prints how much of a CSV column's texts each bundled model's vocabulary does not know, and the Chinese one with capitals.

    python parity/unknown_tokens.py FILE COLUMN [FILE COLUMN ...]
"""

import csv
import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

MODELS = Path(__file__).resolve().parent.parent / "public" / "models"


def read_tokenizers():
    tokenizers = {folder.name: json.loads((folder / "tokenizer.json").read_text(encoding="utf-8")) for folder in sorted(MODELS.iterdir())}
    chinese = tokenizers["bge-small-zh-v1.5"]
    # As its authors publish it.
    tokenizers["bge-small-zh-v1.5, capitals kept"] = {**chinese, "normalizer": {**chinese["normalizer"], "lowercase": False}}
    return {name: Tokenizer.from_str(json.dumps(content)) for name, content in tokenizers.items()}


def shares(tokenizer, texts):
    """Share of tokens that are unknown, and of rows with at least one."""
    unknown = tokenizer.token_to_id("[UNK]")
    tokens = unknown_tokens = rows = 0
    for encoding in tokenizer.encode_batch(texts, add_special_tokens=False):
        found = encoding.ids.count(unknown)
        tokens += len(encoding.ids)
        unknown_tokens += found
        rows += found > 0
    return unknown_tokens / tokens, rows / len(texts)


def main():
    arguments = sys.argv[1:]
    if not arguments or len(arguments) % 2:
        raise SystemExit(__doc__)
    tokenizers = read_tokenizers()
    for path, column in zip(arguments[::2], arguments[1::2]):
        with open(path, encoding="utf-8-sig", newline="") as file:
            texts = [row[column] for row in csv.DictReader(file)]
        print(f"{Path(path).name}, {column}: {len(texts):,} rows")
        for name, tokenizer in tokenizers.items():
            tokens, rows = shares(tokenizer, texts)
            print(f"  {name}: {tokens:.2%} of tokens, {rows:.1%} of rows")


if __name__ == "__main__":
    main()
