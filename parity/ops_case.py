"""What a golden case of an instruction is, and how it is written (see ops.py)."""

import json
import math
import platform

import numpy
import torch

SEED = 20240701
REGENERATE = "python parity/ops.py"
# Enough to show any error of a formula; the last digits of a double depend on the matrix library.
SIGNIFICANT_DIGITS = 13


def numbers(seed):
    return numpy.random.default_rng(SEED + seed)


def random(generator, *shape, learns=False):
    """Three decimals: inputs can be read, and are the same everywhere."""
    return torch.from_numpy(generator.normal(0, 1, shape).round(3)).requires_grad_(learns)


def philox(counter, key):
    """Philox4x32-10 (Salmon et al., 2011), written from the paper and not from the TypeScript."""
    low = 0xFFFFFFFF
    counter, key = list(counter), list(key)
    for _ in range(10):
        left, right = 0xD2511F53 * counter[0], 0xCD9E8D57 * counter[2]
        counter = [(right >> 32) ^ counter[1] ^ key[0], right & low, (left >> 32) ^ counter[3] ^ key[1], left & low]
        key = [(key[0] + 0x9E3779B9) & low, (key[1] + 0xBB67AE85) & low]
    return counter


def philox_mask(dropout, scalars, elements):
    """Scales of dropout: elements are counted from the first row of the whole batch (see src/engine/random)."""
    first = scalars["rowOffset"] * dropout["elementsPerRow"]
    threshold = math.floor(dropout["probability"] * 2**32 + 0.5)

    def scale(element):
        word = philox((element // 4, dropout["node"], scalars["step"], 0), (scalars["seed"], 0))[element % 4]
        return 1 / (1 - dropout["probability"]) if word >= threshold else 0.0

    return torch.tensor([scale(first + element) for element in range(elements)], dtype=torch.float64)


class Case:
    """One instruction. A tensor that is read and written has one name in both: it is changed in place."""

    def __init__(self, name, kind, **fields):
        self.content = {"name": name, "kind": kind, "fields": fields, "before": {}, "reads": {}, "writes": {}, "after": {}}

    def reads(self, **tensors):
        return self._bind("reads", tensors, lambda name, value: self.content["before"].update({name: stored(value)}))

    def writes(self, **tensors):
        """With what they hold afterwards."""
        return self._bind("writes", tensors, lambda name, value: self.content["after"].update({name: stored(value)}))

    def adds(self, generator, accumulate, **tensors):
        """Like `writes`; with `accumulate` what is there beforehand is random, and kept."""
        if not accumulate:
            return self.writes(**tensors)
        before = {name: random(generator, *value.shape) for name, value in tensors.items()}
        self.content["before"].update({name: stored(value) for name, value in before.items()})
        return self.writes(**{name: value + before[name] for name, value in tensors.items()})

    def lies_in(self, tensor, **operands):
        """Several operands that are one tensor: {operand: "reads" or "writes"}."""
        for operand, side in operands.items():
            self.content[side][operand] = tensor
        return self

    def begins_with(self, **tensors):
        """What a written tensor holds beforehand where it is kept in part."""
        self.content["before"].update({name: stored(value) for name, value in tensors.items()})
        return self

    def _bind(self, side, tensors, keep):
        for name, value in tensors.items():
            self.content[side][name] = None if value is None else name
            if value is not None:
                keep(name, value)
        return self


def stored(value):
    """A tensor, or scalars (results) by their names."""
    if isinstance(value, dict):
        return {name: rounded(number) for name, number in value.items()}
    return {"shape": list(value.shape), "data": [rounded(number) for number in value.detach().reshape(-1)]}


def rounded(number):
    number = float(number)
    number = float(f"{number:.{SIGNIFICANT_DIGITS}g}")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def write_op(path, op, cases):
    """One case a line: long, but a diff shows which changed."""
    versions = {"python": platform.python_version(), "torch": torch.__version__, "numpy": numpy.__version__}
    head = json.dumps({"op": op, "regenerate": REGENERATE, "versions": versions})
    lines = ",\n".join(json.dumps(case.content, separators=(",", ":")) for case in cases)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'{head[:-1]}, "cases": [\n{lines}\n]}}\n', encoding="ascii")
