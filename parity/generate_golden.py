"""Writes parity/golden: what PyTorch, transformers and scikit-learn answer, for the TypeScript tests to compare with.

    python parity/generate_golden.py [--output FOLDER] [--only NAME]

Needs the bundled model (scripts/convert_base_model.py) and the Python environment that parity/README.md describes.
"""

import argparse
import os
from pathlib import Path

# One thread: sums keep one order, so the bytes do not depend on the number of cores.
os.environ["OMP_NUM_THREADS"] = "1"
os.environ["TRANSFORMERS_VERBOSITY"] = "error"

import torch

from base_model import weights_sha256
from golden_bootstrap import write_bootstrap_case
from golden_bundled import write_chinese_case, write_minilm_case
from golden_calibration import write_calibration_case
from golden_dropout import write_dropout_case
from golden_files import REGENERATE, versions, write_json
from golden_label_errors import write_label_errors_case
from golden_numbers import write_metrics_case, write_schedule_case
from golden_tasks import write_task_metrics_case
from golden_tiny import write_tiny_cases
from golden_tokenizer import write_tokenizer_case
from golden_words import write_words_case

SEED = 20240601
GOLDEN = Path(__file__).resolve().parent / "golden"

CASES = {
    "tiny": lambda golden: write_tiny_cases(golden, SEED),
    "minilm-batch": lambda golden: write_minilm_case(golden, SEED + 2),
    "bge-batch": lambda golden: write_chinese_case(golden, SEED + 6),
    "tokenizer": write_tokenizer_case,
    "words": write_words_case,
    "metrics": lambda golden: write_metrics_case(golden, SEED + 3),
    "schedule": write_schedule_case,
    "dropout": write_dropout_case,
    "task-metrics": lambda golden: write_task_metrics_case(golden, SEED + 4),
    "label-errors": lambda golden: write_label_errors_case(golden, SEED + 5),
    "bootstrap": lambda golden: write_bootstrap_case(golden, SEED + 5),
    "calibration": lambda golden: write_calibration_case(golden, SEED + 6),
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=GOLDEN)
    parser.add_argument("--only", choices=list(CASES))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    arguments.output.mkdir(parents=True, exist_ok=True)
    for name, write in CASES.items():
        if arguments.only in (None, name):
            write(arguments.output)
    write_json(
        arguments.output / "golden.json",
        {
            "format": 1,
            "seed": SEED,
            "regenerate": REGENERATE,
            "precision": "models are computed in float64 and stored as float32",
            "baseModelSha256": weights_sha256(),
            "versions": versions(),
        },
    )
    size = sum(path.stat().st_size for path in arguments.output.rglob("*") if path.is_file())
    print(f"{arguments.output.name}: {size:,} bytes")


if __name__ == "__main__":
    main()
