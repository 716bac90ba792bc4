"""Golden case `dropout.json`: masks of parity/philox.py and the nodes they belong to, for the engine to be held against."""

import numpy

from golden_files import write_json
from philox import dropout_factors
from shared_dropout import dropout_nodes

# (elements, probability, seed, step, node); elements also where four do not divide them, and over the edge of a piece.
CASES = [
    (37, 0.1, 42, 1, 0),
    (16 * 12 * 8 * 8, 0.1, 42, 1, 4),
    (384 * 5, 0.1, 43, 2, 6),
    (384 * 5, 0.1, 43, 3, 6),
    (40_003, 0.5, 4_294_967_295, 375, 57),
    (1000, 0.25, 0, 2_147_483_648, 3),
]


def mask_case(elements, probability, seed, step, node):
    factors = dropout_factors(elements, probability, seed, step, node)
    kept = numpy.packbits(factors != 0)
    return {
        "elements": elements,
        "probability": probability,
        "seed": seed,
        "step": step,
        "node": node,
        "factor": float(factors.max()),
        # One bit an element, the first in the highest place.
        "kept": kept.tobytes().hex(),
    }


def write_dropout_case(golden):
    nodes = {name: dropout_nodes(6, token_head) for name, token_head in (("sequence", False), ("token", True))}
    write_json(golden / "dropout.json", {"nodes": nodes, "cases": [mask_case(*case) for case in CASES]}, lines_for="cases")
