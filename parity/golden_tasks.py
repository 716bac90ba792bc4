"""Golden case `task-metrics.json`: scores of numbers (scikit-learn, scipy), label sets (scikit-learn) and tags (seqeval)."""

import numpy
from scipy.stats import pearsonr, spearmanr
from seqeval.metrics import f1_score as entity_f1
from seqeval.metrics.v1 import precision_recall_fscore_support as entity_scores
from seqeval.scheme import BILOU, IOB1, IOB2, IOBES, Entities
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
        ("one row", [2.5], [2.0]),
        ("equal truths, whose mean is rounded", [0.1] * 3, [0.2, 0.1, 0.4]),
        ("equal answers", [0.1, 0.2, 0.4], [0.3] * 3),
        ("everything equal", [0.7] * 6, [0.7] * 6),
        ("all ties but one", [1.0, 1.0, 1.0, 2.0], [1.0, 2.0, 2.0, 2.0]),
    ]


def regression_case(name, truth, answers):
    truth, answers = numpy.asarray(truth), numpy.asarray(answers)
    # Where one side does not vary scikit-learn puts 0 or 1 for R2, and scipy NaN: there is no such figure.
    alike = bool((truth == truth[0]).all())
    either = alike or bool((answers == answers[0]).all())
    return {
        "name": name,
        "truth": truth.tolist(),
        "answers": answers.tolist(),
        "expected": {
            "meanSquaredError": float(mean_squared_error(truth, answers)),
            "meanAbsoluteError": float(mean_absolute_error(truth, answers)),
            "r2": None if alike else float(r2_score(truth, answers)),
            "pearson": None if either else float(pearsonr(truth, answers)[0]),
            "spearman": None if either else float(spearmanr(truth, answers)[0]),
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
        ("a label neither had nor answered", never, numpy.where(numpy.arange(5) == 4, 0, wrong)),
        ("no row has a label, and none is answered", numpy.zeros_like(truth), numpy.zeros_like(truth)),
        ("one row", truth[:1], wrong[:1]),
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
    cases += [
        ("no entity anywhere", IOB2, [["O", "O"], ["O"]], [["O", "O"], ["O"]]),
        ("no entity to be found, yet answered", IOB2, [["O", "O"], ["O"]], [["O", "B-PER"], ["B-LOC"]]),
        ("nothing answered", IOB2, sentence, [["O"] * 5, ["O"] * 3]),
        ("one word", IOB2, [["B-PER"]], [["B-PER"]]),
        ("IOB1: B only behind its own type", IOB1, [["I-PER", "I-PER", "B-PER", "O", "I-LOC"]], [["I-PER", "B-PER", "I-PER", "O", "B-LOC"]]),
        ("IOB1: types that touch", IOB1, [["I-PER", "I-LOC", "I-LOC"]], [["I-PER", "I-PER", "I-LOC"]]),
        ("IOB1: a single B before a B of another type", IOB1, [["I-PER", "B-PER", "I-LOC"]], [["I-PER", "B-PER", "B-LOC"]]),
        ("BIOES: an end is missing", IOBES, [["B-PER", "I-PER", "E-PER", "S-LOC"]], [["B-PER", "I-PER", "O", "S-LOC"]]),
        ("BIOES: an end without a beginning", IOBES, [["O", "S-PER", "O"]], [["O", "E-PER", "E-PER"]]),
        ("BIOES: the type changes before the end", IOBES, [["B-PER", "E-PER"]], [["B-PER", "E-LOC"]]),
    ]
    iob1 = ["O", "O", "I-PER", "I-PER", "I-LOC", "B-PER"]
    bilou = [tag.replace("E-", "L-").replace("S-", "U-") for tag in ends]
    random = (("random BIO", IOB2, plain), ("random BIOES", IOBES, ends), ("random BILOU", BILOU, bilou), ("random IOB1", IOB1, iob1))
    for name, scheme, tags in random:
        truth = random_tags(generator, 40, tags)
        guess = [
            [tag if generator.random() < 0.8 else tags[generator.integers(0, len(tags))] for tag in row] for row in truth
        ]
        if scheme is IOB1:
            truth = [as_iob1(row) for row in truth]
        cases.append((name, scheme, truth, guess))
    return cases


def as_iob1(tags):
    """B where I would do becomes I, so that the truth is of its scheme."""
    before = ["O", *tags[:-1]]
    return [f"I{tag[1:]}" if tag[0] == "B" and last[1:] != tag[1:] else tag for last, tag in zip(before, tags)]


def token_case(name, scheme, truth, answers):
    options = {"scheme": scheme, "zero_division": 0}
    micro = entity_scores(truth, answers, average="micro", **options)
    every = entity_scores(truth, answers, average=None, **options)
    types = sorted({tag.split("-", 1)[1] for row in truth + answers for tag in row if tag != "O"})
    # A type whose tags never make an entity is no type to seqeval.
    found = [kind for kind in types if kind in entity_types(truth, scheme) | entity_types(answers, scheme)]
    return {
        "name": name,
        "scheme": "IOBES" if scheme is BILOU else scheme.__name__,
        "truth": truth,
        "answers": answers,
        "expected": {
            "precision": float(micro[0]),
            "recall": float(micro[1]),
            "f1": float(micro[2]),
            # Of no type at all seqeval makes NaN; 0 as its F1 is then.
            "macroF1": float(entity_f1(truth, answers, average="macro", mode="strict", **options)) if found else 0.0,
            "perType": [
                {"label": kind, "precision": float(p), "recall": float(r), "f1": float(f), "support": int(s)}
                for kind, p, r, f, s in zip(found, *every, strict=True)
            ],
        },
    }


def entity_types(tags, scheme):
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
