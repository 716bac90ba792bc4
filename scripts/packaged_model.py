"""What the conversions of the bundled base models share: 16-bit safetensors in slices, and a manifest with hashes.

A static host may refuse files as large as a model, so the weights are rounded to 16-bit floats and the one safetensors
file is cut into slices. The same tensors give the same bytes.
"""

import hashlib
import json
from pathlib import Path

import numpy
from safetensors.numpy import load as load_safetensors

MODELS = Path(__file__).resolve().parent.parent / "public" / "models"

WEIGHTS_FILE = "model.safetensors"
# Decimal megabytes, so that a slice is at most 16 MB however a host counts them.
SLICE_BYTES = 16_000_000
LISTED_FILES = [
    "config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
    "LICENSE",
]


def require_float32(tensors):
    for name, tensor in tensors.items():
        if tensor.dtype != numpy.float32:
            raise SystemExit(f"{name} is {tensor.dtype}, expected float32.")


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


def write_tokenizer(tokenizer, output):
    """`tokenizer.json` without `truncation` and `padding`: left in, they would silently cut and pad every text."""
    plain = {**tokenizer, "truncation": None, "padding": None}
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"))
    (output / "tokenizer.json").write_bytes(text.encode("utf-8"))


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


def write_model(output, model_id, originals):
    """Weights and manifest; the listed files lie in `output` already."""
    require_float32(originals)
    content = serialise(to_half(originals))
    slices = write_slices(output, content)
    manifest = {
        "format": 1,
        "id": model_id,
        "weights": {**describe(WEIGHTS_FILE, content), "slices": slices},
        "files": [describe(name, (output / name).read_bytes()) for name in LISTED_FILES],
    }
    (output / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")

    relative, absolute = check(output, slices, originals)
    print(f"{len(originals)} tensors, {len(content):,} bytes in {len(slices)} slices")
    print(f"largest relative rounding {relative:.3e}; largest absolute, values below 6.1e-5: {absolute:.3e}")
