"""Opens an exported model with transformers and compares its predictions with those of the report.

    python parity/check_export.py --export FOLDER --predictions report.json --data rows.jsonl [--rows 100]

Exit code 1 if a tensor is missing, unexpected or misshapen, or if any compared row differs.
"""

import argparse
import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
# A name that is not a folder must fail here rather than be looked up somewhere.
os.environ["HF_HUB_OFFLINE"] = "1"

import torch
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification, AutoTokenizer

from encode_rows import first_tokens

TOLERANCE = 1e-4
# A probability below this is stored with too few digits for its logarithm to say anything.
SMALLEST_COMPARED_SCORE = 1e-6


def read_lines(path):
    # Not splitlines(): it would also break at U+2028 and the like, which JSON allows inside a string.
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


# What a task's `config.json` must say, and the class a person opens it with, by how its name ends: a text or a pair has
# the same head. The first that fits.
HEADS = {
    "regression": (AutoModelForSequenceClassification, "regression"),
    "multi-label-classification": (AutoModelForSequenceClassification, "multi_label_classification"),
    "token-classification": (AutoModelForTokenClassification, None),
    "classification": (AutoModelForSequenceClassification, "single_label_classification"),
}


def open_export(folder, task):
    if not (folder / "config.json").is_file():
        raise SystemExit(f"{folder} holds no config.json.")
    head, problem_type = next(own for ending, own in HEADS.items() if task.endswith(ending))
    model, information = head.from_pretrained(str(folder), output_loading_info=True)
    problems = []
    if [type(model).__name__] != model.config.architectures:
        problems.append(f"architectures: {model.config.architectures}, opened as {type(model).__name__}")
    if model.config.problem_type != problem_type:
        problems.append(f"problem_type: {model.config.problem_type}, not {problem_type}")
    for kind in ("missing_keys", "unexpected_keys", "mismatched_keys", "error_msgs"):
        entries = sorted(str(entry) for entry in information[kind])
        if entries:
            problems.append(f"{kind}: {', '.join(entries)}")
    # The exporter's own files say how long a text may be; nothing is passed in here on purpose.
    return model.float().eval(), AutoTokenizer.from_pretrained(str(folder)), problems


def choose(predictions, wanted):
    """Evenly spread over the report, so that the end is compared as well as the start."""
    if wanted <= 0 or len(predictions) <= wanted:
        return predictions
    return [predictions[number * len(predictions) // wanted] for number in range(wanted)]


def compute_logits(model, tokenizer, row, max_length):
    limit = max_length or min(tokenizer.model_max_length, model.config.max_position_embeddings)
    if "words" in row:
        inputs = tokenizer(row["words"], is_split_into_words=True, truncation=True, max_length=limit, return_tensors="pt")
        # The first token of each word, as the report keeps them.
        first = [token for token, _ in first_tokens(tokenizer, row["words"], inputs)]
        with torch.no_grad():
            return model(**inputs).logits[0, first].double()
    pair = None if row.get("textPair") is None else [row["textPair"]]
    inputs = tokenizer([row["text"]], pair, truncation="longest_first", max_length=limit, return_tensors="pt")
    with torch.no_grad():
        return model(**inputs).logits[0].double()


def label_name(label, labels):
    """A report names a label by its index or by its text; the answer may be a list of them or a number."""
    return labels[label] if isinstance(label, int) and len(labels) > 1 else label


def answer(logits, config, task, labels, words):
    """What a person makes of the logits, with nothing but the export's own files."""
    if task.endswith("regression"):
        return float(logits[0]) * config.anneal_target_standard_deviation + config.anneal_target_mean
    if task.endswith("multi-label-classification"):
        return [label for label, score in zip(labels, logits.sigmoid().tolist()) if score >= config.anneal_threshold]
    if task == "token-classification":
        # Words past the length limit have no logits; the report calls them O.
        return [labels[int(one.argmax())] for one in logits] + ["O"] * (len(words) - len(logits))
    return labels[int(logits.argmax())]


def same_answer(reported, computed):
    if isinstance(computed, float):
        return abs(reported - computed) <= TOLERANCE * max(1.0, abs(computed))
    return reported == computed


def reported_scores(prediction, labels):
    """In the order of the labels; a report lists them in that order or by name."""
    scores = prediction["scores"]
    if isinstance(scores, dict):
        if set(scores) != set(labels):
            raise SystemExit(f"Row {prediction['row']}: the labels of the scores are not those of config.json.")
        scores = [scores[label] for label in labels]
    if len(scores) != len(labels):
        raise SystemExit(f"Row {prediction['row']}: {len(scores)} scores, the model has {len(labels)} labels.")
    return torch.tensor(scores, dtype=torch.float64)


def compare(prediction, logits, labels):
    """The largest difference."""
    logits = logits.flatten()
    if prediction.get("logits") is not None:
        reported = torch.tensor(prediction["logits"], dtype=torch.float64)
        if reported.shape != logits.shape:
            raise SystemExit(f"Row {prediction['row']}: {len(reported)} logits, the model has {len(logits)}.")
        return float((reported - logits).abs().max())
    reported = reported_scores(prediction, labels)
    computed = torch.softmax(logits, dim=0)
    differences = (reported - computed).abs()
    large = (reported >= SMALLEST_COMPARED_SCORE) & (computed >= SMALLEST_COMPARED_SCORE)
    differences[large] = (reported[large].log() - computed[large].log()).abs()
    return float(differences.max())


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--export", type=Path, required=True)
    parser.add_argument("--predictions", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rows", type=int, default=100, help="how many rows to compare; 0: all")
    parser.add_argument("--max-length", type=int, help="default: what the export's tokenizer says")
    parser.add_argument("--output", type=Path, help="also writes what was found as JSON")
    arguments = parser.parse_args()
    if "OMP_NUM_THREADS" in os.environ:
        torch.set_num_threads(int(os.environ["OMP_NUM_THREADS"]))

    report = json.loads(arguments.predictions.read_text(encoding="utf-8"))
    task = report.get("task", "single-label-classification")
    model, tokenizer, problems = open_export(arguments.export, task)
    labels = [model.config.id2label[number] for number in range(model.config.num_labels)]
    texts = {line["row"]: line for line in read_lines(arguments.data)}
    predictions = choose(report["predictions"], arguments.rows)
    if not predictions:
        problems.append("the report holds no predictions")

    differences, different_labels = [], 0
    for prediction in predictions:
        if prediction["row"] not in texts:
            raise SystemExit(f"Row {prediction['row']} of the report is not in {arguments.data.name}.")
        row = texts[prediction["row"]]
        logits = compute_logits(model, tokenizer, row, arguments.max_length)
        difference = compare(prediction, logits, labels)
        label = answer(logits, model.config, task, labels, row.get("words", []))
        # Written this way round because a comparison with NaN is false.
        if not difference <= TOLERANCE and len(problems) < 10:
            problems.append(f"row {prediction['row']}: differs by {difference:.2e}")
        reported_label = label_name(prediction["predicted"], labels)
        if not same_answer(reported_label, label):
            different_labels += 1
            problems.append(f"row {prediction['row']}: predicted {reported_label}, transformers says {label}")
        differences.append(difference)

    kind = "logits" if predictions and predictions[0].get("logits") is not None else "log scores"
    # A tensor's maximum is NaN if any element is; Python's max() would hide one.
    compared = torch.tensor(differences or [0.0])
    print("| compared | value |\n| --- | --- |")
    print(f"| opened as | {type(model).__name__}, {model.config.problem_type} |")
    print(f"| rows | {len(predictions)} |")
    print(f"| labels | {len(labels)} |")
    print(f"| largest difference of {kind} | {float(compared.max()):.2e} (allowed {TOLERANCE:.0e}) |")
    print(f"| mean of the rows' differences | {float(compared.mean()):.2e} |")
    print(f"| other answer | {different_labels} |")
    if arguments.output:
        found = {"class": type(model).__name__, "problemType": model.config.problem_type, "rows": len(predictions)}
        found.update({"largestDifference": float(compared.max()), "otherAnswers": different_labels, "problems": problems})
        arguments.output.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for problem in problems:
        print(problem, file=sys.stderr)
    print("not equal" if problems else "equal")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
