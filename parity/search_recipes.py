"""Which learning rate, batch size and number of epochs learn most in the fewest steps? The default recipe rests on it.

    python parity/search_recipes.py --data FOLDER [--minutes 45] [--table]

Writes recipe-search.json after every run and goes on from it when started again; --table only prints it.
"""

import argparse
import copy
import json
import math
import os
import random
import time
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import numpy
import torch
from sklearn.metrics import f1_score

from base_model import build_classifier, load_tokenizer
from search_data import load_data
from training_rules import build_optimizer, build_schedule, training_step

RESULTS = Path(__file__).resolve().parent / "recipe-search.json"
BATCHES_IN_A_MEGABATCH = 8
WARMUP_RATIO = 0.1
WEIGHT_DECAY = 0.01
MAX_GRAD_NORM = 1.0
KEYS = ("data", "rows", "learningRate", "batchSize", "epochs", "seed")


def planned_runs():
    """The most telling runs first, because the time may end before the list does."""
    runs = []

    def add(data, rows, rates, sizes, epochs, seeds=(1,)):
        for seed in seeds:
            for size in sizes:
                for count in epochs:
                    runs.extend(dict(zip(KEYS, (data, rows, rate, size, count, seed))) for rate in rates)

    add("trec", 2000, [5e-5, 1e-4, 2e-4, 3e-4], [16], [3])
    add("sst2", 2000, [5e-5, 1e-4, 2e-4, 3e-4], [16], [2])
    add("banking7", 300, [1e-4, 2e-4, 3e-4], [8, 16], [4])
    add("trec", 2000, [1e-4, 2e-4, 3e-4], [32], [3])
    add("banking77", 2000, [2e-4, 3e-4], [16], [3])
    add("banking7", 100, [1e-4, 2e-4, 3e-4], [8], [6])
    add("sms_spam", 2000, [5e-5, 2e-4, 3e-4], [16], [1])
    add("sst2", 2000, [1e-4], [16], [2], seeds=[2])
    add("banking7", 300, [1e-4, 2e-4], [8], [4], seeds=[2])
    add("banking77", 2000, [3e-4], [8], [3])
    add("trec", 2000, [1e-4], [16], [2])
    add("sst2", 2000, [1e-4], [32], [2])
    add("banking7", 300, [2e-4], [8], [6])
    add("banking7", 100, [2e-4], [4, 8], [10])
    add("sst2", 2000, [2e-4], [16], [2], seeds=[2])
    add("banking7", 300, [2e-5, 5e-5], [8], [6])
    add("trec", 2000, [1e-4, 2e-4], [16], [3], seeds=[2])
    add("sst2", 2000, [5e-5, 1e-4], [8], [2])
    return runs


def encode_rows(tokenizer, rows, max_length):
    encoded = tokenizer([text for text, _ in rows], truncation=True, max_length=max_length)["input_ids"]
    return [(ids, label) for ids, (_, label) in zip(encoded, rows)]


def collate(rows):
    longest = max(len(ids) for ids, _ in rows)
    return {
        "input_ids": torch.tensor([ids + [0] * (longest - len(ids)) for ids, _ in rows]),
        "attention_mask": torch.tensor([[1] * len(ids) + [0] * (longest - len(ids)) for ids, _ in rows]),
        "labels": torch.tensor([label for _, label in rows]),
    }


def grouped_batches(rows, size, generator):
    """Shuffled, sorted by length within some batches' worth of rows, cut into batches, the batches shuffled."""
    shuffled = list(rows)
    generator.shuffle(shuffled)
    batches = []
    for start in range(0, len(shuffled), size * BATCHES_IN_A_MEGABATCH):
        group = sorted(shuffled[start : start + size * BATCHES_IN_A_MEGABATCH], key=lambda row: len(row[0]))
        batches += [group[first : first + size] for first in range(0, len(group), size)]
    generator.shuffle(batches)
    return batches


def evaluate(model, rows):
    model.eval()
    # By length, so that little padding is computed.
    ordered = sorted(rows, key=lambda row: len(row[0]))
    logits, truth = [], []
    with torch.no_grad():
        for start in range(0, len(ordered), 32):
            inputs = collate(ordered[start : start + 32])
            truth.append(inputs.pop("labels"))
            logits.append(model(**inputs).logits)
    logits, truth = torch.cat(logits), torch.cat(truth)
    predicted = logits.argmax(dim=1)
    return {
        "loss": float(torch.nn.functional.cross_entropy(logits, truth)),
        "accuracy": float((predicted == truth).float().mean()),
        "macroF1": float(f1_score(truth, predicted, average="macro", zero_division=0)),
    }


def run_one(run, folder, tokenizer):
    labels, train, validation, test = load_data(folder, run["data"], run["rows"], run["seed"])
    lengths = [len(ids) for ids, _ in encode_rows(tokenizer, train, 512)]
    max_length = min(128, math.ceil(numpy.percentile(lengths, 95)))
    train, validation, test = (encode_rows(tokenizer, rows, max_length) for rows in (train, validation, test))

    torch.manual_seed(run["seed"])
    generator = random.Random(run["seed"])
    head = {
        "classifier.weight": 0.02 * torch.randn((len(labels), 384)),
        "classifier.bias": torch.zeros(len(labels)),
    }
    model = build_classifier(labels, head)
    total_steps = math.ceil(len(train) / run["batchSize"]) * run["epochs"]
    optimizer = build_optimizer(model, run["learningRate"], WEIGHT_DECAY)
    schedule = build_schedule(optimizer, math.ceil(total_steps * WARMUP_RATIO), total_steps)

    best, epochs, seconds, tokens = None, [], 0.0, 0
    for epoch in range(1, run["epochs"] + 1):
        model.train()
        losses = []
        started = time.perf_counter()
        for rows in grouped_batches(train, run["batchSize"], generator):
            inputs = collate(rows)
            tokens += inputs["input_ids"].numel()
            losses.append(training_step(model, inputs, optimizer, schedule, MAX_GRAD_NORM)[0])
        seconds += time.perf_counter() - started
        scores = evaluate(model, validation)
        epochs.append(
            {
                "trainingLoss": round(sum(losses) / len(losses), 4),
                "validationLoss": round(scores["loss"], 4),
                "validationAccuracy": round(scores["accuracy"], 4),
            }
        )
        if best is None or scores["loss"] < best["loss"]:
            best = {"epoch": epoch, "loss": scores["loss"], "state": copy.deepcopy(model.state_dict())}
    model.load_state_dict(best["state"])
    scores = evaluate(model, test)
    return {
        **run,
        "labels": len(labels),
        "trainingRows": len(train),
        "testRows": len(test),
        "maxLength": max_length,
        "steps": total_steps,
        "paddedTokens": tokens,
        "bestEpoch": best["epoch"],
        "testAccuracy": round(scores["accuracy"], 4),
        "testMacroF1": round(scores["macroF1"], 4),
        "trainingSeconds": round(seconds, 1),
        "perEpoch": epochs,
    }


def read_results():
    if not RESULTS.exists():
        return []
    return json.loads(RESULTS.read_text(encoding="utf-8"))["runs"]


def write_results(results):
    lines = ",\n".join(json.dumps(result) for result in results)
    setting = {
        "warmupRatio": WARMUP_RATIO,
        "weightDecay": WEIGHT_DECAY,
        "maxGradNorm": MAX_GRAD_NORM,
        "kept": "epoch of the best validation loss",
    }
    new = RESULTS.with_suffix(".new")
    new.write_text(f'{{"setting": {json.dumps(setting)},\n"runs": [\n{lines}\n]}}\n', encoding="utf-8")
    new.replace(RESULTS)


def print_table(results):
    columns = ["data", "rows", "labels", "learning rate", "batch", "epochs", "seed", "steps", "padded tokens"]
    columns += ["best epoch", "test accuracy", "macro F1"]
    print(f"| {' | '.join(columns)} |")
    print(f"|{' --- |' * len(columns)}")
    order = sorted(results, key=lambda r: (r["data"], r["rows"], r["batchSize"], r["epochs"], r["learningRate"], r["seed"]))
    for r in order:
        print(
            f"| {r['data']} | {r['rows']} | {r['labels']} | {r['learningRate']:g} | {r['batchSize']} | {r['epochs']} |"
            f" {r['seed']} | {r['steps']} | {r['paddedTokens']:,} | {r['bestEpoch']} |"
            f" {r['testAccuracy']:.3f} | {r['testMacroF1']:.3f} |"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    results = read_results()
    if not arguments.table:
        if arguments.data is None:
            parser.error("--data is needed to search")
        torch.set_num_threads(1)
        tokenizer = load_tokenizer()
        end = time.monotonic() + 60 * arguments.minutes
        for run in planned_runs():
            if any(all(done[key] == run[key] for key in KEYS) for done in results):
                continue
            if time.monotonic() > end:
                break
            results.append(run_one(run, arguments.data, tokenizer))
            write_results(results)
            print(json.dumps({key: value for key, value in results[-1].items() if key != "perEpoch"}), flush=True)
    print_table(results)


if __name__ == "__main__":
    main()
