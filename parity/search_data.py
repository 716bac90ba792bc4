"""Seeded stratified subsets of the test data sets, for the recipe search."""

import csv
import random
from collections import Counter

from sklearn.model_selection import train_test_split

# Long test files are cut: a thousand rows tell accuracies 2 % apart, and forward passes cost time too.
MAXIMUM_TEST_ROWS = 1000
VALIDATION_SHARE = 0.1


def read_csv(path, text_column, label_column):
    with path.open(encoding="utf-8", newline="") as file:
        return [(row[text_column], row[label_column]) for row in csv.DictReader(file)]


def stratified(rows, count, seed):
    """`count` of the rows, in the proportions of the labels; all of them if there are no more."""
    if count >= len(rows):
        return list(rows)
    chosen, _ = train_test_split(rows, train_size=count, random_state=seed, stratify=[label for _, label in rows])
    return chosen


def trec(folder, count, seed):
    train = read_csv(folder / "trec_train.csv", "text", "coarse_label")
    return stratified(train, count, seed), read_csv(folder / "trec_test.csv", "text", "coarse_label")


def sst2(folder, count, seed):
    train = read_csv(folder / "sst2_train.csv", "text", "label")
    return stratified(train, count, seed), read_csv(folder / "sst2_test.csv", "text", "label")


def sms_spam(folder, count, seed):
    # Without the repeats, which would stand on both sides of the split.
    rows = sorted(set(read_csv(folder / "sms_spam.csv", "text", "label")))
    labels = [label for _, label in rows]
    train, test = train_test_split(rows, test_size=MAXIMUM_TEST_ROWS, random_state=seed, stratify=labels)
    return stratified(train, count, seed), test


def banking77(folder, count, seed):
    train = read_csv(folder / "banking77_train.csv", "text", "category")
    return stratified(train, count, seed), read_csv(folder / "banking77_test.csv", "text", "category")


def banking7(folder, count, seed):
    """Seven labels of the seventy-seven: what a small file of one's own looks like."""
    train = read_csv(folder / "banking77_train.csv", "text", "category")
    test = read_csv(folder / "banking77_test.csv", "text", "category")
    counts = Counter(label for _, label in train)
    common = sorted(label for label, number in counts.items() if number >= 100)
    kept = set(random.Random(7).sample(common, 7))
    return (
        stratified([row for row in train if row[1] in kept], count, seed),
        [row for row in test if row[1] in kept],
    )


SOURCES = {"trec": trec, "sst2": sst2, "sms_spam": sms_spam, "banking77": banking77, "banking7": banking7}


def load_data(folder, name, count, seed):
    """Label names and (text, label number) rows to train, to validate and to test on."""
    rows, test = SOURCES[name](folder, count, seed)
    labels = sorted({label for _, label in rows})
    numbers = {label: number for number, label in enumerate(labels)}
    train, validation = train_test_split(
        rows, test_size=max(len(labels), round(len(rows) * VALIDATION_SHARE)), random_state=seed,
        stratify=[label for _, label in rows],
    )
    # A test label that no row to learn from has cannot be right; none occurs with these counts.
    test = stratified([row for row in test if row[1] in numbers], MAXIMUM_TEST_ROWS, 0)
    return labels, *([(text, numbers[label]) for text, label in part] for part in (train, validation, test))
