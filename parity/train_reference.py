"""Trains in PyTorch on exactly the batches of a headless run, to compare whole runs.

    python parity/train_reference.py --run FOLDER [--output FILE] [--seed N] [--threads N] [--no-dropout]

parity/README.md says what the folder holds.
"""

import argparse
import copy
import json
import math
import os
import time
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")

import torch
from safetensors.torch import load_file
from sklearn.metrics import accuracy_score, f1_score

from base_model import build_classifier, load_tokenizer
from training_rules import build_optimizer, build_schedule, training_step

EVALUATION_BATCH = 32


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_lines(path):
    # Not splitlines(): it would also break at U+2028 and the like, which JSON allows inside a string.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def label_index(label, label_names):
    return label if isinstance(label, int) else label_names.index(label)


def encode(tokenizer, rows, max_length):
    """Padded to the longest row, as the data collator of transformers does it."""
    pairs = [row["textPair"] for row in rows] if "textPair" in rows[0] else None
    return tokenizer(
        [row["text"] for row in rows],
        pairs,
        truncation="longest_first",
        max_length=max_length,
        padding=True,
        return_tensors="pt",
    )


def predict(model, tokenizer, rows, max_length):
    model.eval()
    logits = []
    with torch.no_grad():
        for start in range(0, len(rows), EVALUATION_BATCH):
            logits.append(model(**encode(tokenizer, rows[start : start + EVALUATION_BATCH], max_length)).logits)
    return torch.cat(logits)


def evaluate(model, tokenizer, rows, label_names, max_length):
    logits = predict(model, tokenizer, rows, max_length)
    truth = torch.tensor([label_index(row["label"], label_names) for row in rows])
    predicted = logits.argmax(dim=1)
    return {
        "loss": float(torch.nn.functional.cross_entropy(logits, truth)),
        "accuracy": float(accuracy_score(truth, predicted)),
        "macroF1": float(f1_score(truth, predicted, average="macro", zero_division=0)),
    }


def warmup_steps(training, total_steps):
    if training.get("warmupSteps"):
        return int(training["warmupSteps"])
    return math.ceil(total_steps * training.get("warmupRatio", 0))


def planned_steps(training, batches):
    """The schedule is laid out over the steps that were planned: a run that stopped early took fewer."""
    if training.get("maxSteps", -1) > 0:
        return training["maxSteps"]
    steps_per_epoch = sum(batch["epoch"] == batches[0]["epoch"] for batch in batches)
    return max(len(batches), training.get("numTrainEpochs", 0) * steps_per_epoch)


def build_training(model, training, total_steps):
    scheduler_type = training.get("lrSchedulerType", "linear")
    if scheduler_type != "linear":
        raise SystemExit(f"The reference knows the linear schedule only; the recipe asks for {scheduler_type}.")
    optimizer = build_optimizer(
        model,
        training["learningRate"],
        training.get("weightDecay", 0.0),
        betas=(training.get("adamBeta1", 0.9), training.get("adamBeta2", 0.999)),
        epsilon=training.get("adamEpsilon", 1e-8),
    )
    return optimizer, build_schedule(optimizer, warmup_steps(training, total_steps), total_steps)


def load_run(folder):
    run = {"training": read_json(folder / "recipe.json")["training"], "labels": read_json(folder / "labels.json")}
    for name in ("batches", "validation", "test"):
        run[name] = read_lines(folder / f"{name}.jsonl")
    run["head"] = load_file(str(folder / "head.safetensors"))
    # Without a limit in the recipe, the longest that any step saw: evaluation must not cut shorter than training did.
    run["maxLength"] = run["training"].get("maxLength") or max((batch["maxLength"] for batch in run["batches"]), default=0)
    return run


def train(run, model, tokenizer):
    batches, labels, training = run["batches"], run["labels"], run["training"]
    optimizer, schedule = build_training(model, training, planned_steps(training, batches))
    max_grad_norm = training.get("maxGradNorm", 1.0) or math.inf
    losses, validation, seconds = [], [], 0.0
    best = None
    for number, batch in enumerate(batches):
        model.train()
        started = time.perf_counter()
        inputs = encode(tokenizer, batch["rows"], batch["maxLength"])
        inputs["labels"] = torch.tensor([label_index(row["label"], labels) for row in batch["rows"]])
        loss, _, _ = training_step(model, inputs, optimizer, schedule, max_grad_norm)
        seconds += time.perf_counter() - started
        losses.append(loss)
        ends_epoch = number + 1 == len(batches) or batches[number + 1]["epoch"] != batch["epoch"]
        if not ends_epoch:
            continue
        scores = evaluate(model, tokenizer, run["validation"], labels, run["maxLength"]) if run["validation"] else {}
        validation.append({"epoch": batch["epoch"], "step": number + 1, **scores})
        print(json.dumps(validation[-1]), flush=True)
        # Without validation rows the last epoch is kept.
        if best is None or not scores or scores["loss"] < best["loss"]:
            best = {"epoch": batch["epoch"], "loss": scores.get("loss"), "state": copy.deepcopy(model.state_dict())}
    model.load_state_dict(best["state"])
    return {
        "steps": len(batches),
        "losses": losses,
        "validation": validation,
        "bestEpoch": best["epoch"],
        "secondsPerStep": seconds / len(batches),
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="default: reference.json in the run's folder")
    parser.add_argument("--seed", type=int, help="of the dropout masks; default: the recipe's")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("OMP_NUM_THREADS", 0)))
    parser.add_argument("--no-dropout", action="store_true")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)

    run = load_run(arguments.run)
    if not run["batches"]:
        raise SystemExit("batches.jsonl is empty: there is nothing to train on.")
    seed = arguments.seed if arguments.seed is not None else run["training"].get("seed", 42)
    torch.manual_seed(seed)
    tokenizer = load_tokenizer()
    model = build_classifier(run["labels"], run["head"])
    if arguments.no_dropout:
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0

    result = train(run, model, tokenizer)
    if run["test"]:
        scores = evaluate(model, tokenizer, run["test"], run["labels"], run["maxLength"])
        result.update({"testAccuracy": scores["accuracy"], "testMacroF1": scores["macroF1"], "testLoss": scores["loss"]})
    result.update({"seed": seed, "dropout": not arguments.no_dropout, "torch": torch.__version__})
    result["threads"] = torch.get_num_threads()
    output = arguments.output or arguments.run / "reference.json"
    output.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    summary = {key: value for key, value in result.items() if key not in ("losses", "validation")}
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
