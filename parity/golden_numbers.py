"""Golden cases `metrics.json` (scikit-learn) and `schedule.json` (transformers)."""

import math

import numpy
import torch
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, log_loss, precision_recall_fscore_support
from transformers import get_linear_schedule_with_warmup

from golden_files import write_json


def random_case(generator, name, rows, number_of_labels, right, with_logits=False):
    """`right`: share of rows whose prediction is forced to be the truth (without logits)."""
    labels = generator.integers(0, number_of_labels, rows)
    if with_logits:
        logits = generator.normal(0, 2, (rows, number_of_labels)).round(4)
        scores = {"predicted": logits.argmax(axis=1), "logits": logits}
    else:
        guesses = generator.integers(0, number_of_labels, rows)
        scores = {"predicted": numpy.where(generator.random(rows) < right, labels, guesses)}
    return {"name": name, "numberOfLabels": number_of_labels, "labels": labels, **scores}


def metric_inputs(seed):
    generator = numpy.random.default_rng(seed)
    fixed = [
        ("one row, right", [1], [1], 3),
        ("one row, wrong", [0], [2], 3),
        ("all right", [0, 1, 2, 0, 1, 2], [0, 1, 2, 0, 1, 2], 3),
        ("all wrong", [0, 1, 0, 1], [1, 0, 1, 0], 2),
        ("a label never in the truth, yet predicted", [0, 0, 1, 1, 1], [0, 2, 1, 1, 2], 3),
        ("a label in the truth, never predicted", [0, 1, 2, 2, 1, 0], [0, 1, 1, 0, 1, 0], 3),
        ("a label neither in the truth nor predicted", [0, 1, 3, 3], [0, 3, 3, 1], 4),
        ("always the commonest label", [0, 0, 0, 0, 0, 0, 0, 1, 1, 2], [0] * 10, 3),
    ]
    cases = [
        {"name": name, "labels": labels, "predicted": predicted, "numberOfLabels": number}
        for name, labels, predicted, number in fixed
    ]
    cases.append(random_case(generator, "two labels, random", 40, 2, 0.7))
    cases.append(random_case(generator, "seventy-seven labels, few rows", 100, 77, 0.6))
    cases.append(random_case(generator, "three labels with scores", 24, 3, 0, with_logits=True))
    cases.append(random_case(generator, "six labels with scores", 30, 6, 0, with_logits=True))
    very_sure = {"name": "very sure scores", "labels": [0, 1, 1], "predicted": [0, 1, 0], "numberOfLabels": 2}
    very_sure["logits"] = [[12.0, -9.0], [-15.0, 10.0], [14.0, -13.0]]
    cases.append(very_sure)
    return cases


def softmax(logits):
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = numpy.exp(shifted)
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def metric_answers(case):
    labels, predicted = numpy.asarray(case["labels"]), numpy.asarray(case["predicted"])
    every_label = list(range(case["numberOfLabels"]))
    precision, recall, f1, support = precision_recall_fscore_support(
        labels, predicted, labels=every_label, zero_division=0
    )
    answers = {
        "accuracy": float(accuracy_score(labels, predicted)),
        "macroF1OfPresentLabels": float(f1_score(labels, predicted, average="macro", zero_division=0)),
        "macroF1OfAllLabels": float(
            f1_score(labels, predicted, labels=every_label, average="macro", zero_division=0)
        ),
        "perLabel": [
            {"precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
            for p, r, f, s in zip(precision, recall, f1, support)
        ],
        "confusionMatrix": confusion_matrix(labels, predicted, labels=every_label).tolist(),
    }
    if "logits" in case:
        probabilities = softmax(numpy.asarray(case["logits"], dtype=numpy.float64))
        answers["probabilities"] = [[float(f"{p:.12g}") for p in row] for row in probabilities]
        answers["logLoss"] = float(f"{log_loss(labels, probabilities, labels=every_label):.12g}")
    return answers


def plain(case):
    """numpy numbers and arrays as JSON has them."""
    return {key: numpy.asarray(value).tolist() for key, value in case.items()}


def write_metrics_case(golden, seed):
    cases = [{**plain(case), "expected": metric_answers(case)} for case in metric_inputs(seed)]
    write_json(
        golden / "metrics.json",
        {
            "source": "scikit-learn, zero_division=0",
            "macroF1OfPresentLabels": "f1_score(average='macro') without labels=: labels in the truth or among the predictions",
            "macroF1OfAllLabels": "f1_score(average='macro', labels=range(numberOfLabels))",
            "confusionMatrix": "rows are the truth, columns the prediction",
            "logLoss": "log_loss of the softmax of the logits: mean, natural logarithm",
            "cases": cases,
        },
        lines_for="cases",
    )


def linear_factors(warmup_steps, total_steps):
    """The factor on the learning rate at step 0, 1, ..., total: the last is what a step past the end would get."""
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1.0)
    schedule = get_linear_schedule_with_warmup(optimizer, warmup_steps, total_steps)
    factors = []
    for _ in range(total_steps + 1):
        factors.append(schedule.get_last_lr()[0])
        optimizer.step()
        schedule.step()
    return factors


def write_schedule_case(golden):
    linear = [(0, 1), (0, 5), (1, 1), (1, 10), (4, 20), (10, 10), (3, 30), (12, 10), (7, 101)]
    # 0.07 of 100 is 7.000000000000001 in floating point, so Trainer takes 8 steps; 0.1 of 30 is 3.
    ratios = [(0.0, 100), (0.1, 1), (0.1, 9), (0.1, 30), (0.1, 101), (0.06, 375), (0.07, 100), (0.29, 100), (0.5, 7), (1.0, 12)]
    write_json(
        golden / "schedule.json",
        {
            "linear": "transformers.get_linear_schedule_with_warmup: factor used by step i, and one past the end",
            "warmup": "TrainingArguments.get_warmup_steps: ceil(totalSteps * warmupRatio)",
            "warmupCases": [
                {"warmupRatio": ratio, "totalSteps": total, "warmupSteps": math.ceil(total * ratio)}
                for ratio, total in ratios
            ],
            "linearCases": [
                {"warmupSteps": warmup, "totalSteps": total, "factors": linear_factors(warmup, total)}
                for warmup, total in linear
            ],
        },
        lines_for="linearCases",
    )
