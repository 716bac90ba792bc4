"""What each task asks of a reference run: the model's head, the labels of a batch, scores as a report names them.

Scores are those of scikit-learn, scipy and seqeval. A row's logits are [labels], or [read words, labels] where every
word has a tag; a word that was cut off has none and is answered O.
"""

import numpy
import torch
from scipy.stats import pearsonr, spearmanr
from seqeval.metrics.v1 import precision_recall_fscore_support as entity_scores
from seqeval.scheme import IOB2
from sklearn.metrics import accuracy_score, f1_score, log_loss, mean_absolute_error, mean_squared_error, r2_score

IGNORED = -100


def log_softmax(logits):
    shifted = logits - logits.max(axis=-1, keepdims=True)
    return shifted - numpy.log(numpy.exp(shifted).sum(axis=-1, keepdims=True))


def cross_entropy(logits, truth):
    return float(-log_softmax(numpy.asarray(logits))[numpy.arange(len(truth)), truth].mean())


class Classification:
    """One label a text or pair."""

    problem_type = "single_label_classification"
    token_head = False

    def __init__(self, labels, scaler):
        self.labels = labels
        self.outputs = len(labels)

    def targets(self, rows, encodings, length):
        return torch.tensor([row["label"] for row in rows])

    def scores(self, logits, rows, encodings, threshold=None):
        truth = [row["label"] for row in rows]
        predicted = numpy.argmax(logits, axis=1)
        return {
            "accuracy": accuracy_score(truth, predicted),
            "macroF1": f1_score(truth, predicted, average="macro", zero_division=0),
            "loss": cross_entropy(logits, truth),
        }


class MultiLabel:
    """Any number of labels a text; one threshold for all, chosen on the validation rows for micro F1."""

    problem_type = "multi_label_classification"
    token_head = False

    def __init__(self, labels, scaler):
        self.labels = labels
        self.outputs = len(labels)

    def one_hot(self, rows):
        truth = numpy.zeros((len(rows), self.outputs), dtype=numpy.float32)
        for index, row in enumerate(rows):
            truth[index, row["label"]] = 1
        return truth

    def targets(self, rows, encodings, length):
        return torch.from_numpy(self.one_hot(rows))

    def probabilities(self, logits):
        return 1 / (1 + numpy.exp(-numpy.asarray(logits, dtype=numpy.float64)))

    def best_threshold(self, logits, rows):
        truth, probabilities = self.one_hot(rows), self.probabilities(logits)
        scores = {step: f1_score(truth, probabilities >= step / 100, average="micro", zero_division=0) for step in range(1, 100)}
        # Of equals the one nearest to one half, then the lower.
        return max(scores, key=lambda step: (scores[step], -abs(step - 50), -step)) / 100

    def scores(self, logits, rows, encodings, threshold=None):
        truth, probabilities = self.one_hot(rows), self.probabilities(logits)
        predicted = probabilities >= (0.5 if threshold is None else threshold)
        f1 = {name: f1_score(truth, predicted, average=name, zero_division=0) for name in ("micro", "macro", "samples")}
        return {
            "microF1": f1["micro"],
            "macroF1": f1["macro"],
            "sampleF1": f1["samples"],
            "exactMatch": accuracy_score(truth, predicted),
            "loss": float(numpy.mean([log_loss(truth[:, label], probabilities[:, label], labels=[0, 1]) for label in range(self.outputs)])),
        }


class Regression:
    """A number a text or pair, learnt as (value - mean) / standard deviation."""

    problem_type = "regression"
    token_head = False

    def __init__(self, labels, scaler):
        self.labels = labels
        self.outputs = 1
        self.scaler = scaler

    def targets(self, rows, encodings, length):
        values = numpy.array([row["label"] for row in rows], dtype=numpy.float64)
        return torch.from_numpy(((values - self.scaler["mean"]) / self.scaler["standardDeviation"]).astype(numpy.float32))

    def check_scaler(self, rows):
        """The scaler is that of the rows that were learnt from."""
        values = numpy.array([row["label"] for row in rows], dtype=numpy.float64)
        found = {"mean": float(values.mean()), "standardDeviation": float(values.std())}
        if any(abs(found[name] - self.scaler[name]) > 1e-9 for name in found):
            raise SystemExit(f"The scaler is {self.scaler}, the training rows give {found}.")

    def scores(self, logits, rows, encodings, threshold=None):
        truth = numpy.array([row["label"] for row in rows], dtype=numpy.float64)
        answers = numpy.asarray(logits, dtype=numpy.float64)[:, 0] * self.scaler["standardDeviation"] + self.scaler["mean"]
        error = mean_squared_error(truth, answers)
        return {
            "meanSquaredError": error,
            "meanAbsoluteError": mean_absolute_error(truth, answers),
            "r2": r2_score(truth, answers),
            "pearson": pearsonr(truth, answers)[0],
            "spearman": spearmanr(truth, answers)[0],
            "loss": error / self.scaler["standardDeviation"] ** 2,
        }


class Tokens:
    """A BIO tag a word, learnt at the word's first token; whole entities are scored."""

    problem_type = None
    token_head = True

    def __init__(self, labels, scaler):
        self.labels = labels
        self.outputs = len(labels)

    def targets(self, rows, encodings, length):
        targets = torch.full((len(rows), length), IGNORED)
        for index, (row, encoding) in enumerate(zip(rows, encodings)):
            for token, word in encoding["firstTokens"]:
                targets[index, token] = row["label"][word]
        return targets

    def scores(self, logits, rows, encodings, threshold=None):
        truth, answers, read = [], [], []
        for row, encoding, row_logits in zip(rows, encodings, logits):
            words = [word for _, word in encoding["firstTokens"]]
            answer = [self.labels.index("O")] * len(row["label"])
            for word, predicted in zip(words, numpy.argmax(row_logits, axis=1)):
                answer[word] = int(predicted)
            truth.append([self.labels[label] for label in row["label"]])
            answers.append([self.labels[label] for label in answer])
            read.extend(row["label"][word] for word in words)
        whole = {"average": "micro", "scheme": IOB2, "zero_division": 0}
        precision, recall, f1, _ = entity_scores(truth, answers, **whole)
        _, _, macro, _ = entity_scores(truth, answers, **{**whole, "average": "macro"})
        flat = [[tag for tags in side for tag in tags] for side in (truth, answers)]
        return {
            "precision": precision,
            "recall": recall,
            "f1": f1,
            "macroF1": macro,
            "tokenAccuracy": accuracy_score(*flat),
            "loss": cross_entropy(numpy.concatenate(logits), read),
        }


TASKS = {
    "single-label-classification": Classification,
    "text-pair-classification": Classification,
    "multi-label-classification": MultiLabel,
    "regression": Regression,
    "text-pair-regression": Regression,
    "token-classification": Tokens,
}


def build_task(name, labels, scaler):
    return TASKS[name](labels, scaler)
