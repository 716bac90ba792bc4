"""Golden cases `tiny-bert` and `tiny-distilbert`: random models small enough that every gradient is stored."""

import copy
import json

import torch
from transformers import BertConfig, BertForSequenceClassification, DistilBertConfig, DistilBertForSequenceClassification

from golden_files import write_json, write_tensors
from golden_training import float32_yardstick, measure, write_full_case, write_training

LABELS = {0: "amber", 1: "blue", 2: "cyan", 3: "dun", 4: "ecru"}
VOCABULARY = 120
LABEL_NUMBERS = {name: number for number, name in LABELS.items()}
LEARNING_RATE = 1e-3
# (rows, longest row): every shape differs, and the last batch is smaller, as at the end of an epoch.
TRAINING_SHAPES = [(4, 12), (4, 7), (4, 16), (4, 5), (2, 9)]


def bert_model():
    config = BertConfig(
        vocab_size=VOCABULARY,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        hidden_act="gelu",
        id2label=LABELS,
        label2id=LABEL_NUMBERS,
    )
    return BertForSequenceClassification(config)


def distilbert_model():
    config = DistilBertConfig(
        vocab_size=VOCABULARY,
        dim=32,
        n_layers=2,
        n_heads=4,
        hidden_dim=64,
        max_position_embeddings=64,
        activation="gelu",
        id2label=LABELS,
        label2id=LABEL_NUMBERS,
    )
    return DistilBertForSequenceClassification(config)


def randomise(model, generator):
    """Far from the usual small start, where a wrong gradient could pass as a small one."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            noise = torch.randn(parameter.shape, generator=generator)
            is_norm_weight = "norm" in name.lower() and name.endswith("weight")
            if is_norm_weight:
                parameter.copy_(1 + 0.3 * noise)
            elif name.endswith("bias"):
                parameter.copy_(0.2 * noise)
            else:
                parameter.copy_(0.25 * noise)


def random_batch(generator, rows, longest, lengths=None, with_types=True):
    """Padding is id 0 and occurs nowhere else: PyTorch gives the padding row of the embedding no gradient."""
    if lengths is None:
        lengths = torch.randint(2, longest + 1, (rows,), generator=generator).tolist()
        lengths[int(torch.randint(0, rows, (1,), generator=generator))] = longest
    batch = {"inputIds": [], "attentionMask": [], "tokenTypeIds": [], "labels": []}
    for length in lengths:
        ids = torch.randint(1, VOCABULARY, (length,), generator=generator).tolist()
        # Token type 0 up to a random place, 1 after it, as in a pair of texts.
        border = int(torch.randint(1, length + 1, (1,), generator=generator))
        padding = [0] * (longest - length)
        batch["inputIds"].append(ids + padding)
        batch["attentionMask"].append([1] * length + padding)
        batch["tokenTypeIds"].append([0] * border + [1] * (length - border) + padding)
        batch["labels"].append(int(torch.randint(0, len(LABELS), (1,), generator=generator)))
    if not with_types:
        batch["tokenTypeIds"] = None
    return batch


def write_config(folder, model):
    config = copy.deepcopy(model.config)
    config.architectures = [type(model).__name__]
    config.torch_dtype = torch.float32
    # to_json_string writes what save_pretrained writes.
    write_json(folder / "config.json", json.loads(config.to_json_string()))


def write_tiny(folder, build, seed, max_grad_norm, with_types):
    generator = torch.Generator().manual_seed(seed)
    model = build()
    randomise(model, generator)
    batch = random_batch(generator, 4, 12, lengths=[12, 7, 2, 9], with_types=with_types)
    batches = [random_batch(generator, rows, longest, with_types=with_types) for rows, longest in TRAINING_SHAPES]

    write_config(folder, model)
    write_tensors(folder / "model.safetensors", dict(model.named_parameters()))
    write_json(folder / "batch.json", batch)
    double = measure(copy.deepcopy(model).double(), batch, batches, LEARNING_RATE, max_grad_norm)
    write_full_case(folder, double)
    write_training(folder, model, batches, double["trained"])
    float32_yardstick(folder.name, measure(copy.deepcopy(model), batch, batches, LEARNING_RATE, max_grad_norm), double)


def write_tiny_cases(golden, seed):
    write_tiny(golden / "tiny-bert", bert_model, seed, max_grad_norm=1.0, with_types=True)
    # A bound between its gradient norms, so that some steps are clipped and some are not. DistilBERT has no token
    # types at all: null, so that a test cannot pass some by mistake.
    write_tiny(golden / "tiny-distilbert", distilbert_model, seed + 1, max_grad_norm=8.0, with_types=False)
