"""How golden files are written: the same bytes every time, small, readable by the TypeScript tests."""

import json
import platform
from importlib.metadata import version

import numpy
import safetensors
import sklearn
import tokenizers
import torch
import transformers
from safetensors.numpy import save_file

REGENERATE = "python parity/generate_golden.py"


def versions():
    return {
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "tokenizers": tokenizers.__version__,
        "numpy": numpy.__version__,
        "safetensors": safetensors.__version__,
        "scikit-learn": sklearn.__version__,
        **{name: version(name) for name in ("scipy", "seqeval", "cleanlab")},
    }


def write_json(path, value, lines_for=None):
    """ASCII only, so that control characters and emoji in the inputs survive every editor.

    With `lines_for` the list under that key is written one element a line: long, but diffs stay readable.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if lines_for is None:
        text = json.dumps(value, indent=1, allow_nan=False)
    else:
        rest = {key: entry for key, entry in value.items() if key != lines_for}
        lines = ",\n".join(json.dumps(entry, allow_nan=False) for entry in value[lines_for])
        text = json.dumps(rest, indent=1, allow_nan=False)[:-2] + f',\n "{lines_for}": [\n{lines}\n]\n}}'
    path.write_text(text + "\n", encoding="ascii")


def write_tensors(path, tensors):
    """Float tensors become F32, whole-number tensors I32; the library sorts them by name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays = {}
    for name, tensor in tensors.items():
        array = tensor.detach().cpu().numpy() if isinstance(tensor, torch.Tensor) else numpy.asarray(tensor)
        kind = numpy.int32 if array.dtype.kind in "iu" else numpy.float32
        arrays[name] = numpy.ascontiguousarray(array.astype(kind))
    save_file(arrays, str(path), metadata={"format": "pt"})


def rounded(values):
    """Nine significant digits hold any float32 exactly and keep the last bits of a platform out of the file."""
    return [float(f"{value:.9g}") for value in values]
