"""Trains in PyTorch on exactly the batches of a headless run, to compare whole runs.

    python parity/train_reference.py --run FOLDER [--output FILE] [--threads N] [--dropout shared|own|off]

Dropout is `shared` (the engine's own masks, shared_dropout.py), `own` (PyTorch's) or `off`. parity/README.md says what
the folder holds.
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

from base_model import MODELS, build_model, load_tokenizer
from encode_rows import RowEncoder
from reference_tasks import build_task
from shared_dropout import share_dropout
from training_rules import build_optimizer, build_schedule, training_step

EVALUATION_BATCH = 32


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def read_lines(path):
    # Not splitlines(): it would also break at U+2028 and the like, which JSON allows inside a string.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def load_run(folder):
    recipe, plan = read_json(folder / "recipe.json"), read_json(folder / "plan.json")
    run = {"recipe": recipe, "training": recipe["training"], "totalSteps": plan["totalSteps"]}
    run["labels"] = read_json(folder / "labels.json")
    run["task"] = build_task(recipe["task"], run["labels"], plan["scaler"])
    for name in ("batches", "validation", "test"):
        run[name] = read_lines(folder / f"{name}.jsonl")
    run["head"] = load_file(str(folder / "head.safetensors"))
    return run


def predict(model, encoder, encodings):
    """Logits of each row, longest rows first; where every word has a tag, those of the words' first tokens."""
    model.eval()
    order = sorted(range(len(encodings)), key=lambda row: -len(encodings[row]["inputIds"]))
    logits = [None] * len(encodings)
    with torch.no_grad():
        for start in range(0, len(order), EVALUATION_BATCH):
            rows = order[start : start + EVALUATION_BATCH]
            output = model(**encoder.pad([encodings[row] for row in rows])).logits.numpy()
            for row, own in zip(rows, output):
                logits[row] = own[[token for token, _ in encodings[row]["firstTokens"]]] if own.ndim == 2 else own
    return logits


def evaluate(model, task, encoder, rows, threshold=None):
    encodings = encoder.encode(rows)
    logits = predict(model, encoder, encodings)
    scores = task.scores(logits, rows, encodings, threshold)
    return {name: float(value) for name, value in scores.items()}, logits


def build_training(model, training, total_steps):
    if training["lrSchedulerType"] != "linear":
        raise SystemExit(f"The reference knows the linear schedule only; the recipe asks for {training['lrSchedulerType']}.")
    optimizer = build_optimizer(
        model,
        training["learningRate"],
        training["weightDecay"],
        betas=(training["adamBeta1"], training["adamBeta2"]),
        epsilon=training["adamEpsilon"],
    )
    # As Trainer rounds a warm-up ratio.
    return optimizer, build_schedule(optimizer, math.ceil(total_steps * training["warmupRatio"]), total_steps)


def check_scaler(task, batches):
    """Possible where every training row was seen once at least."""
    first = [batch for batch in batches if batch["epoch"] == batches[0]["epoch"]]
    if hasattr(task, "check_scaler") and len(first) < len(batches):
        task.check_scaler([row for batch in first for row in batch["rows"]])


def train(run, model, encoder, masks):
    """All batches, scored after the same steps as there; the weights of the least validation loss are left in the model."""
    batches, task, training = run["batches"], run["task"], run["training"]
    optimizer, schedule = build_training(model, training, run["totalSteps"])
    losses, validation, seconds, best = [], [], [], None
    for number, batch in enumerate(batches, start=1):
        model.train()
        started, masks_before = time.perf_counter(), masks.seconds if masks else 0.0
        if masks:
            masks.step = number
        encodings = encoder.encode(batch["rows"])
        inputs = encoder.pad(encodings, batch["length"])
        inputs["labels"] = task.targets(batch["rows"], encodings, batch["length"])
        loss, _, _ = training_step(model, inputs, optimizer, schedule, training["maxGradNorm"])
        seconds.append(time.perf_counter() - started - ((masks.seconds if masks else 0.0) - masks_before))
        losses.append(loss)
        if not batch["evaluated"]:
            continue
        scores, _ = evaluate(model, task, encoder, run["validation"])
        validation.append({"step": number, **scores})
        print(json.dumps(validation[-1]), flush=True)
        if best is None or scores["loss"] < best["loss"]:
            best = {"step": number, "loss": scores["loss"], "state": copy.deepcopy(model.state_dict())}
    model.load_state_dict(best["state"])
    return {
        "steps": len(batches),
        "losses": losses,
        "validation": validation,
        "bestStep": best["step"],
        # The masks are made beforehand in no other library: their time is not PyTorch's.
        "secondsPerStep": sorted(seconds)[len(seconds) // 2],
    }


def set_dropout(model, dropout, seed):
    torch.manual_seed(seed)
    if dropout == "shared":
        return share_dropout(model, seed)
    if dropout == "off":
        for module in model.modules():
            if isinstance(module, torch.nn.Dropout):
                module.p = 0.0
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--output", type=Path, help="default: reference.json in the run's folder")
    parser.add_argument("--threads", type=int, default=int(os.environ.get("OMP_NUM_THREADS", 0)))
    parser.add_argument("--dropout", choices=("shared", "own", "off"), default="shared")
    arguments = parser.parse_args()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)

    run = load_run(arguments.run)
    if not run["batches"]:
        raise SystemExit("batches.jsonl is empty: there is nothing to train on.")
    task, training = run["task"], run["training"]
    check_scaler(task, run["batches"])
    folder = MODELS / run["recipe"]["baseModel"]
    tokenizer = load_tokenizer(folder)
    model = build_model(run["labels"], run["head"], task.problem_type, task.token_head, folder)
    masks = set_dropout(model, arguments.dropout, training["seed"])
    encoder = RowEncoder(tokenizer, min(training["maxLength"], model.config.max_position_embeddings), training.get("truncationSide", "right"))

    result = {"task": run["recipe"]["task"], **train(run, model, encoder, masks)}
    threshold = None
    if hasattr(task, "best_threshold"):
        _, logits = evaluate(model, task, encoder, run["validation"])
        threshold = task.best_threshold(logits, run["validation"])
    result["test"], logits = evaluate(model, task, encoder, run["test"], threshold)
    if threshold is not None:
        result["test"]["threshold"] = threshold
    result["testLogits"] = [[float(f"{value:.7g}") for value in row.reshape(-1)] for row in logits]
    result.update({"seed": training["seed"], "dropout": arguments.dropout, "torch": torch.__version__})
    result["threads"] = torch.get_num_threads()
    output = arguments.output or arguments.run / "reference.json"
    output.write_text(json.dumps(result) + "\n", encoding="utf-8")
    summary = {key: value for key, value in result.items() if key not in ("losses", "validation", "testLogits")}
    print(json.dumps(summary))


if __name__ == "__main__":
    main()
