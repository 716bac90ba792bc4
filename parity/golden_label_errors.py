"""Golden case `label-errors.json`: cross-validated probabilities (scikit-learn) and likely wrong labels (cleanlab)."""

import json

import numpy
import torch
from cleanlab.count import get_confident_thresholds
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_self_confidence_for_each_label
from safetensors.torch import load_file
from sklearn.linear_model import LogisticRegression
from transformers import BertConfig, BertModel

from golden_files import write_json


def pooled_states(golden):
    """Mean of the last hidden states over each row's tokens, for the rows of `tiny-bert/batch.json`."""
    folder = golden / "tiny-bert"
    model = BertModel(BertConfig.from_json_file(folder / "config.json"), add_pooling_layer=False)
    weights = {name.removeprefix("bert."): tensor for name, tensor in load_file(folder / "model.safetensors").items()}
    missing, _ = model.load_state_dict(weights, strict=False)
    assert all("position_ids" in name or "token_type_ids" in name for name in missing), missing
    batch = json.loads((folder / "batch.json").read_text())
    mask = torch.tensor(batch["attentionMask"])
    model = model.double().eval()
    with torch.no_grad():
        states = model(
            input_ids=torch.tensor(batch["inputIds"]),
            attention_mask=mask,
            token_type_ids=torch.tensor(batch["tokenTypeIds"]),
        ).last_hidden_state
    mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
    return mean.numpy().round(7).tolist()


def regression_case(generator, name, rows, columns, classes, strength):
    """A fit on all rows but the last ten, and the probabilities of those."""
    centres = generator.normal(0, 1, (classes, columns))
    labels = generator.integers(0, classes, rows)
    labels[:classes] = numpy.arange(classes)
    # Sixty-fourths are the same in float32, in which Anneal holds features.
    features = numpy.round((centres[labels] + generator.normal(0, 1.2, (rows, columns))) * 64) / 64
    # Two classes: scikit-learn penalizes one vector of weights, Anneal two that are each other's negative.
    used = strength * 2 if classes == 2 else strength
    model = LogisticRegression(C=used, solver="newton-cg", tol=1e-13, max_iter=100_000).fit(features[:-10], labels[:-10])
    return {
        "name": name,
        "c": strength,
        "features": features.tolist(),
        "labels": labels.tolist(),
        "classes": classes,
        "heldOut": 10,
        "probabilities": model.predict_proba(features[-10:]).tolist(),
    }


def noisy(generator, rows, classes, share, sharpness):
    """Probabilities that mostly agree with labels of which a share is wrong."""
    truth = generator.integers(0, classes, rows)
    logits = generator.normal(0, 1, (rows, classes))
    logits[numpy.arange(rows), truth] += sharpness
    powers = numpy.exp(logits)
    labels = numpy.where(generator.random(rows) < share, generator.integers(0, classes, rows), truth)
    return labels, (powers / powers.sum(axis=1, keepdims=True)).round(6)


def suspect_cases(generator):
    usual = noisy(generator, 60, 4, 0.2, 2.5)
    labels, probabilities = noisy(generator, 40, 3, 0.2, 2.0)
    one_row = labels.copy()
    one_row[one_row == 2] = 1
    one_row[7] = 2
    empty = numpy.where(labels == 2, 0, labels)
    ties = numpy.array([[0.5, 0.5, 0.0], [0.5, 0.5, 0.0], [0.2, 0.4, 0.4], [0.4, 0.2, 0.4], [0.4, 0.4, 0.2], [0.1, 0.1, 0.8]])
    halves = numpy.round(probabilities * 4) / 4
    halves = halves / halves.sum(axis=1, keepdims=True)
    return [
        ("usual", *usual),
        ("two labels", *noisy(generator, 50, 2, 0.15, 2.0)),
        ("many labels", *noisy(generator, 120, 12, 0.1, 3.5)),
        ("a label with one row", one_row, probabilities),
        ("a label without rows", empty, probabilities),
        ("ties", numpy.array([0, 1, 0, 1, 2, 0]), ties),
        ("coarse probabilities", labels, halves),
        ("all right", probabilities.argmax(axis=1), probabilities),
    ]


def suspect_case(name, labels, probabilities):
    issues = find_label_issues(labels, probabilities, filter_by="confident_learning")
    return {
        "name": name,
        "labels": labels.tolist(),
        "probabilities": probabilities.tolist(),
        "thresholds": [float(value) for value in get_confident_thresholds(labels, probabilities)],
        "issues": numpy.flatnonzero(issues).tolist(),
        "selfConfidence": get_self_confidence_for_each_label(labels, probabilities)[issues].tolist(),
    }


def write_label_errors_case(golden, seed):
    generator = numpy.random.default_rng(seed)
    write_json(
        golden / "label-errors.json",
        {
            "regressions": [
                regression_case(generator, "three classes", 50, 5, 3, 0.1),
                regression_case(generator, "two classes", 40, 4, 2, 1.0),
                regression_case(generator, "seven classes, weak penalty", 90, 6, 7, 10.0),
            ],
            "tinyBertStates": pooled_states(golden),
            "suspects": [suspect_case(*case) for case in suspect_cases(generator)],
        },
    )
