"""Golden case `task-metrics.json`: scores of numbers (scikit-learn, scipy), label sets (scikit-learn) and tags (seqeval)."""

import numpy
from scipy.stats import pearsonr, spearmanr
from seqeval.metrics import f1_score as entity_f1
from seqeval.metrics.v1 import precision_recall_fscore_support as entity_scores
from seqeval.scheme import IOB2, IOBES
from sklearn.metrics import accuracy_score, f1_score, log_loss, mean_absolute_error, mean_squared_error
from sklearn.metrics import precision_recall_fscore_support, r2_score

from golden_files import write_json


def regression_cases(generator):
    truth = generator.normal(3, 1.5, 25).round(3)
    noisy = (truth + generator.normal(0, 0.7, 25)).round(3)
    stars = generator.integers(1, 6, 40).astype(float)
    return [
        ("noisy", truth, noisy),
        ("all right", truth, truth),
        ("the other way round", truth, -truth),
        ("five stars, many ties", stars, (stars + generator.integers(-1, 2, 40)).clip(1, 5)),
        ("no relation", truth, generator.normal(0, 1, 25).round(3)),
        ("large numbers", truth * 1e6 + 5e7, noisy * 1e6 + 5e7),
        ("two rows", [1.0, 2.0], [1.5, 1.25]),
    ]


def regression_case(name, truth, answers):
    return {
        "name": name,
        "truth": numpy.asarray(truth).tolist(),
        "answers": numpy.asarray(answers).tolist(),
        "expected": {
            "meanSquaredError": float(mean_squared_error(truth, answers)),
            "meanAbsoluteError": float(mean_absolute_error(truth, answers)),
            "r2": float(r2_score(truth, answers)),
            "pearson": float(pearsonr(truth, answers)[0]),
            "spearman": float(spearmanr(truth, answers)[0]),
        },
    }


def multi_label_cases(generator):
    truth = (generator.random((30, 5)) < 0.3).astype(int)
    wrong = numpy.where(generator.random(truth.shape) < 0.15, 1 - truth, truth)
    never = truth.copy()
    never[:, 4] = 0
    only_answered = wrong.copy()
    only_answered[:, 4] = 1
    return [
        ("some wrong", truth, wrong),
        ("all right", truth, truth),
        ("nothing answered", truth, numpy.zeros_like(truth)),
        ("everything answered", truth, numpy.ones_like(truth)),
        ("a label that no row has", never, only_answered),
    ]


def multi_label_case(generator, name, truth, answers):
    precision, recall, f1, support = precision_recall_fscore_support(truth, answers, average=None, zero_division=0)
    logits = generator.normal(0, 2, truth.shape).round(3)
    scores = 1 / (1 + numpy.exp(-logits))
    losses = [log_loss(truth[:, label], scores[:, label], labels=[0, 1]) for label in range(truth.shape[1])]
    averages = {
        f"{average}F1": float(f1_score(truth, answers, average=kind, zero_division=0))
        for average, kind in (("micro", "micro"), ("macro", "macro"), ("sample", "samples"))
    }
    return {
        "name": name,
        "truth": [numpy.flatnonzero(row).tolist() for row in truth],
        "answers": [numpy.flatnonzero(row).tolist() for row in answers],
        "logits": logits.tolist(),
        "expected": {
            **averages,
            "exactMatch": float(accuracy_score(truth, answers)),
            "loss": float(f"{numpy.mean(losses):.12g}"),
            "perLabel": [
                {"precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
                for p, r, f, s in zip(precision, recall, f1, support)
            ],
        },
    }


def random_tags(generator, rows, tags):
    return [[tags[number] for number in generator.integers(0, len(tags), generator.integers(1, 12))] for _ in range(rows)]


def token_cases(generator):
    plain = ["O", "O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    ends = ["O", "O", "B-PER", "I-PER", "E-PER", "S-PER", "B-LOC", "E-LOC", "S-LOC"]
    sentence = [["B-PER", "I-PER", "O", "B-LOC", "O"], ["O", "B-PER", "O"]]
    cases = [
        ("all right", IOB2, sentence, sentence),
        ("right type, wrong end", IOB2, sentence, [["B-PER", "O", "O", "B-LOC", "I-LOC"], ["O", "B-PER", "O"]]),
        ("right ends, wrong type", IOB2, sentence, [["B-LOC", "I-LOC", "O", "B-LOC", "O"], ["O", "B-PER", "O"]]),
        ("I after O begins nothing", IOB2, sentence, [["I-PER", "I-PER", "O", "B-LOC", "O"], ["O", "I-PER", "O"]]),
        ("the type changes inside", IOB2, sentence, [["B-PER", "I-LOC", "O", "B-LOC", "O"], ["O", "B-PER", "I-LOC"]]),
        ("B after B", IOB2, [["B-PER", "B-PER", "I-PER"]], [["B-PER", "I-PER", "I-PER"]]),
        ("a type that is only answered", IOB2, [["B-PER", "O"]], [["B-PER", "B-ORG"]]),
        ("a type with a dash", IOB2, [["B-a-b", "I-a-b", "O"]], [["B-a-b", "I-a-b", "B-a-c"]]),
    ]
    for name, scheme, tags in (("random BIO", IOB2, plain), ("random BIOES", IOBES, ends)):
        truth = random_tags(generator, 40, tags)
        guess = [
            [tag if generator.random() < 0.8 else tags[generator.integers(0, len(tags))] for tag in row] for row in truth
        ]
        cases.append((name, scheme, truth, guess))
    return cases


def token_case(name, scheme, truth, answers):
    options = {"scheme": scheme, "zero_division": 0}
    micro = entity_scores(truth, answers, average="micro", **options)
    every = entity_scores(truth, answers, average=None, **options)
    types = sorted({tag.split("-", 1)[1] for row in truth + answers for tag in row if tag != "O"})
    # A type whose tags never make an entity is no type to seqeval.
    found = [kind for kind in types if kind in entity_types(truth, scheme) | entity_types(answers, scheme)]
    return {
        "name": name,
        "withEnds": scheme is IOBES,
        "truth": truth,
        "answers": answers,
        "expected": {
            "precision": float(micro[0]),
            "recall": float(micro[1]),
            "f1": float(micro[2]),
            "macroF1": float(entity_f1(truth, answers, average="macro", mode="strict", **options)),
            "perType": [
                {"label": kind, "precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
                for kind, p, r, f, s in zip(found, *every, strict=True)
            ],
        },
    }


def entity_types(tags, scheme):
    from seqeval.scheme import Entities

    return {entity.tag for row in Entities(tags, scheme).entities for entity in row}


def write_task_metrics_case(golden, seed):
    generator = numpy.random.default_rng(seed)
    write_json(
        golden / "task-metrics.json",
        {
            "source": "scikit-learn and seqeval (mode='strict'), zero_division=0; scipy pearsonr and spearmanr",
            "cases": [
                *({"task": "regression", **regression_case(*case)} for case in regression_cases(generator)),
                *({"task": "multi-label", **multi_label_case(generator, *case)} for case in multi_label_cases(generator)),
                *({"task": "tokens", **token_case(*case)} for case in token_cases(generator)),
            ],
        },
        lines_for="cases",
    )
