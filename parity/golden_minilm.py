"""Golden case `minilm-batch`: the bundled model itself, with a sample of every gradient."""

import copy

import torch

from base_model import build_classifier, load_tokenizer
from golden_files import write_json, write_tensors
from golden_training import float32_yardstick, global_norm, measure, write_training

LABELS = ["weather", "food", "sport", "music", "travel", "money"]
LEARNING_RATE = 5e-5
MAX_GRAD_NORM = 1.0
SAMPLED_PER_GRADIENT = 64
# Enough from the whole tensor to notice gradient where there should be none, the rest from where there is some.
SAMPLED_ANYWHERE = 16

SENTENCES = [
    ("The rain stopped before we reached the harbour, but the wind stayed.", "weather"),
    ("Add the garlic last, or it burns.", "food"),
    ("She won the final in three sets after losing the first.", "sport"),
    ("Nobody had tuned the old piano for years.", "music"),
    ("Our night train to Lisbon was two hours late, and nobody told us why it stood still.", "travel"),
    ("Can I move my savings without paying a fee?", "money"),
    ("Fog again.", "weather"),
    ("This soup needs salt, pepper and about twenty more minutes on a low flame, I think.", "food"),
    ("The goalkeeper saved a penalty in the last minute.", "sport"),
    ("A slow song in a minor key, played far too fast.", "music"),
    ("Which bus goes to the airport?", "travel"),
    ("Prices rose by four percent while wages did not.", "money"),
    ("Snow fell on the hills overnight, and the road over the pass will stay closed until Sunday.", "weather"),
    ("Bread, cheese, olives: lunch is ready.", "food"),
    ("They lost every match this season.", "sport"),
    ("The choir sang without a conductor.", "music"),
    ("We walked along the coast for six days and slept in small huts above the sea.", "travel"),
    ("My card was declined twice at the same shop.", "money"),
    ("It is too hot to sleep.", "weather"),
    ("He runs ten kilometres before breakfast.", "sport"),
    ("The drummer joined the band in June.", "music"),
    ("I paid the invoice yesterday.", "money"),
]
BATCH_LENGTH = 16
# (first sentence, sentences, tokens)
TRAINING_BATCHES = [(4, 4, 20), (8, 4, 12), (12, 4, 18), (16, 4, 8), (20, 2, 10)]


def make_head(generator):
    return {
        "classifier.weight": 0.02 * torch.randn((len(LABELS), 384), generator=generator),
        "classifier.bias": 0.01 * torch.randn((len(LABELS),), generator=generator),
    }


def encode(tokenizer, first, count, length):
    texts, labels = zip(*SENTENCES[first : first + count])
    encoded = tokenizer(list(texts), padding="max_length", truncation=True, max_length=length)
    return {
        "texts": list(texts),
        "inputIds": encoded["input_ids"],
        "attentionMask": encoded["attention_mask"],
        "tokenTypeIds": encoded["token_type_ids"],
        "labels": [LABELS.index(label) for label in labels],
    }


def sampled_indices(gradient, generator):
    """Flat indices, ascending: the largest gradient, others that are not zero, and some from anywhere."""
    flat = gradient.reshape(-1)
    if flat.numel() <= SAMPLED_PER_GRADIENT:
        return torch.arange(flat.numel())
    chosen = {int(flat.abs().argmax())}
    candidates = flat.nonzero().reshape(-1)
    wanted = SAMPLED_PER_GRADIENT - SAMPLED_ANYWHERE
    order = torch.randperm(candidates.numel(), generator=generator)
    chosen.update(candidates[order[: wanted - 1]].tolist())
    while len(chosen) < SAMPLED_PER_GRADIENT:
        chosen.add(int(torch.randint(0, flat.numel(), (1,), generator=generator)))
    return torch.tensor(sorted(chosen))


def write_expected(path, measured, generator):
    gradients = measured["gradients"]
    expected = {
        "logits": measured["logits"],
        "loss": measured["loss"].reshape(1),
        "gradientNorm": global_norm(gradients).reshape(1),
    }
    for name, gradient in gradients.items():
        index = sampled_indices(gradient, generator)
        expected[f"gradient.{name}.index"] = index
        expected[f"gradient.{name}.value"] = gradient.reshape(-1)[index]
        expected[f"gradient.{name}.maximum"] = gradient.abs().max().reshape(1)
    write_tensors(path, expected)


def write_minilm_case(golden, seed):
    folder = golden / "minilm-batch"
    generator = torch.Generator().manual_seed(seed)
    tokenizer = load_tokenizer()
    head = make_head(generator)
    model = build_classifier(LABELS, head)
    batch = encode(tokenizer, 0, 4, BATCH_LENGTH)
    batches = [encode(tokenizer, *shape) for shape in TRAINING_BATCHES]

    write_tensors(folder / "head.safetensors", head)
    write_json(folder / "labels.json", LABELS)
    write_json(folder / "batch.json", batch)
    double = measure(copy.deepcopy(model).double(), batch, batches, LEARNING_RATE, MAX_GRAD_NORM)
    write_expected(folder / "expected.safetensors", double, generator)
    write_training(folder, model, batches, double["trained"])
    single = measure(copy.deepcopy(model), batch, batches, LEARNING_RATE, MAX_GRAD_NORM)
    float32_yardstick(folder.name, single, double)
