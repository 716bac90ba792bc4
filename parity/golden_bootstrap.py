"""Golden case `bootstrap.json`: figures of rows drawn anew, and percentile intervals.

Two checks: with the drawn rows given, every figure is scikit-learn's or seqeval's of just those rows; and intervals of
drawings of its own lie within chance of scipy.stats.bootstrap(method='percentile').
"""

import numpy
from scipy.stats import bootstrap, pearsonr, spearmanr
from seqeval.metrics import f1_score as entity_f1
from seqeval.metrics.v1 import precision_recall_fscore_support as entity_scores
from seqeval.scheme import IOB2
from sklearn.metrics import accuracy_score, f1_score, log_loss, mean_absolute_error, mean_squared_error, r2_score

from golden_files import rounded, write_json

DRAWS = 12
# scipy's, and ours that are held to them.
RESAMPLES = 2000
OURS = 1000
# Standard errors of a share of the draws that an interval's end may be off.
SURE = 4


def softmax(logits):
    exponentials = numpy.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def class_case(generator, rows=60, labels=4):
    truth = generator.integers(0, labels, rows)
    logits = generator.normal(0, 1, (rows, labels)).round(3)
    logits[numpy.arange(rows), truth] += 1.5
    logits = logits.round(3)
    predicted = logits.argmax(axis=1)
    scores = softmax(logits)

    def figures(index):
        return {
            "accuracy": accuracy_score(truth[index], predicted[index]),
            "macroF1": f1_score(truth[index], predicted[index], average="macro", zero_division=0),
            "loss": log_loss(truth[index], scores[index], labels=list(range(labels))),
        }

    return {"task": "class", "labels": labels, "truth": truth, "answers": predicted, "logits": logits}, rows, figures


def label_set_case(generator, rows=40, labels=5):
    truth = (generator.random((rows, labels)) < 0.3).astype(int)
    answers = numpy.where(generator.random(truth.shape) < 0.15, 1 - truth, truth)
    logits = (generator.normal(0, 1, truth.shape) + 2 * answers - 1).round(3)
    scores = 1 / (1 + numpy.exp(-logits))

    def figures(index):
        t, a = truth[index], answers[index]
        losses = [log_loss(t[:, label], scores[index][:, label], labels=[0, 1]) for label in range(labels)]
        return {
            "microF1": f1_score(t, a, average="micro", zero_division=0),
            "macroF1": f1_score(t, a, average="macro", zero_division=0),
            "sampleF1": f1_score(t, a, average="samples", zero_division=0),
            "exactMatch": accuracy_score(t, a),
            "loss": numpy.mean(losses),
        }

    sets = {name: [numpy.flatnonzero(row).tolist() for row in of] for name, of in (("truth", truth), ("answers", answers))}
    return {"task": "labels", "labels": labels, **sets, "logits": logits}, rows, figures


def number_case(generator, rows, truth, answers):
    truth, answers = numpy.asarray(truth, dtype=float), numpy.asarray(answers, dtype=float)

    def figures(index):
        t, a = truth[index], answers[index]
        alike = bool((t == t[0]).all())
        either = alike or bool((a == a[0]).all())
        return {
            "meanSquaredError": mean_squared_error(t, a),
            "meanAbsoluteError": mean_absolute_error(t, a),
            # scikit-learn's 0 or 1 for equal truths is no figure.
            "r2": None if alike else r2_score(t, a),
            "pearson": None if either else pearsonr(t, a)[0],
            "spearman": None if either else spearmanr(t, a)[0],
        }

    return {"task": "number", "truth": truth, "answers": answers}, rows, figures


def token_case(generator, rows=30):
    tags = ["O", "O", "O", "B-PER", "I-PER", "B-LOC", "I-LOC"]
    truth = [[tags[n] for n in generator.integers(0, len(tags), generator.integers(2, 10))] for _ in range(rows)]
    answers = [[tag if generator.random() < 0.85 else tags[generator.integers(0, len(tags))] for tag in row] for row in truth]

    def figures(index):
        t, a = [truth[row] for row in index], [answers[row] for row in index]
        precision, recall, f1, _ = entity_scores(t, a, average="micro", scheme=IOB2, zero_division=0)
        flat = [[tag for row in of for tag in row] for of in (t, a)]
        return {
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "macroF1": entity_f1(t, a, average="macro", mode="strict", scheme=IOB2, zero_division=0),
            "tokenAccuracy": accuracy_score(*flat),
        }

    return {"task": "tokens", "truth": truth, "answers": answers}, rows, figures


def plain(figures):
    return {name: None if value is None else float(f"{float(value):.15g}") for name, value in figures.items()}


def intervals(generator, rows, figures):
    """scipy's interval by figure, and how far each end can be from that of other random numbers.

    The end at 2.5 % of the draws is, with other draws, one at 2.5 % give or take its standard error.
    """
    seed = int(generator.integers(0, 2**31))
    drawn = {}
    answers = {}
    for name in figures(numpy.arange(rows)):

        def statistic(index):
            key = index.tobytes()
            if key not in drawn:
                drawn[key] = figures(index.astype(int))
            return drawn[key][name]

        # The same seed draws the same rows, so that one computation serves all figures.
        result = bootstrap(
            (numpy.arange(rows),), statistic, vectorized=False, n_resamples=RESAMPLES, method="percentile", random_state=seed
        )
        error = 100 * SURE * numpy.sqrt(0.025 * 0.975 * (1 / RESAMPLES + 1 / OURS))
        within = numpy.percentile(result.bootstrap_distribution, [[max(0, 2.5 - error), 2.5 + error], [97.5 - error, min(100, 97.5 + error)]])
        answers[name] = {"interval": rounded(result.confidence_interval), "within": [rounded(end) for end in within]}
    return answers


def case_of(generator, name, made, with_intervals=True):
    inputs, rows, figures = made
    index = generator.integers(0, rows, (DRAWS, rows))
    drawn = [plain(figures(row)) for row in index]
    percentiles = {
        figure: [float(value) for value in numpy.percentile([one[figure] for one in drawn], [2.5, 97.5])]
        for figure in drawn[0]
        if all(one[figure] is not None for one in drawn)
    }
    case = {key: value.tolist() if isinstance(value, numpy.ndarray) else value for key, value in inputs.items()}
    case.update(name=name, index=index.tolist(), drawn=drawn, percentiles=percentiles)
    if with_intervals:
        case["scipy"] = intervals(generator, rows, figures)
    return case


def write_bootstrap_case(golden, seed):
    generator = numpy.random.default_rng(seed)
    truth = generator.normal(3, 1.5, 50).round(3)
    noisy = (truth + generator.normal(0, 0.9, 50)).round(3)
    stars = generator.integers(1, 6, 50).astype(float)
    cases = [
        case_of(generator, "four labels", class_case(generator)),
        case_of(generator, "label sets", label_set_case(generator)),
        case_of(generator, "numbers", number_case(generator, 50, truth, noisy)),
        case_of(generator, "five stars, many ties", number_case(generator, 50, stars, (stars + generator.integers(-1, 2, 50)).clip(1, 5))),
        case_of(generator, "large numbers", number_case(generator, 50, truth * 1e6 + 5e7, noisy * 1e6 + 5e7), with_intervals=False),
        case_of(generator, "three rows, two of them alike", number_case(generator, 3, [0.1, 0.1, 0.3], [0.2, 0.1, 0.4]), with_intervals=False),
        case_of(generator, "sentences", token_case(generator)),
    ]
    write_json(
        golden / "bootstrap.json",
        {
            "source": "scikit-learn, scipy and seqeval on the drawn rows; numpy.percentile; scipy.stats.bootstrap(method='percentile')",
            "scipy": f"interval of {RESAMPLES} resamples; each end of one of {OURS} other resamples lies within",
            "draws": OURS,
            "cases": cases,
        },
        lines_for="cases",
    )
