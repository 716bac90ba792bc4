"""Golden case `calibration.json`: reliability bins (scikit-learn's calibration_curve) and expected calibration error (numpy)."""

import numpy
from sklearn.calibration import calibration_curve

from golden_files import write_json

BINS = 10


def expected_calibration_error(scores, right):
    """Guo et al. (2017), equation 3: bins ((m - 1) / M, m / M]; written without calibration_curve, which drops the counts."""
    edges = numpy.linspace(0, 1, BINS + 1)
    counts, error = [], 0.0
    for number, (low, high) in enumerate(zip(edges[:-1], edges[1:])):
        inside = (scores <= high) & ((scores > low) | (number == 0))
        counts.append(int(inside.sum()))
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - scores[inside].mean())
    return float(error), counts


def write_calibration_case(golden, seed):
    generator = numpy.random.default_rng(seed)
    many = generator.random(400).round(5)
    sure = 1 - generator.exponential(0.05, 80).clip(0, 0.6).round(5)
    inputs = [
        ("well calibrated", many, (generator.random(400) < many).astype(int)),
        ("too sure", sure, (generator.random(80) < 0.7).astype(int)),
        ("every bin's edge", numpy.asarray([0.0, 0.1, 0.2, 0.4, 0.5, 0.8, 0.9, 1.0]), numpy.asarray([0, 1, 0, 1, 0, 1, 0, 1])),
        ("one answer", numpy.asarray([0.73]), numpy.asarray([1])),
        ("all in one bin", numpy.asarray([0.95, 0.97, 0.99]), numpy.asarray([1, 1, 0])),
    ]
    cases = []
    for name, scores, right in inputs:
        accuracy, confidence = calibration_curve(right, scores, n_bins=BINS, strategy="uniform")
        error, counts = expected_calibration_error(scores, right)
        cases.append(
            {
                "name": name,
                "scores": scores.tolist(),
                "right": right.tolist(),
                "expected": {"error": error, "rows": counts, "confidence": confidence.tolist(), "accuracy": accuracy.tolist()},
            }
        )
    write_json(
        golden / "calibration.json",
        {"source": "sklearn.calibration.calibration_curve(n_bins=10, strategy='uniform'): bins that are not empty", "cases": cases},
        lines_for="cases",
    )
