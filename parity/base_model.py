"""The bundled base models as PyTorch sees them: slices joined, 16-bit weights widened."""

import hashlib
import json
from pathlib import Path

import torch
from safetensors.torch import load as load_safetensors
from transformers import BertConfig, BertForSequenceClassification, BertForTokenClassification, BertTokenizerFast

REPOSITORY = Path(__file__).resolve().parent.parent
MODELS = REPOSITORY / "public" / "models"
BASE_MODEL = MODELS / "all-MiniLM-L6-v2"
CHINESE_BASE_MODEL = MODELS / "bge-small-zh-v1.5"


def read_manifest(folder=BASE_MODEL):
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def weights_sha256():
    return read_manifest()["weights"]["sha256"]


def load_base_weights(folder=BASE_MODEL):
    """Tensor name (as in BertModel, no prefix) to float32 tensor."""
    manifest = read_manifest(folder)
    joined = b"".join((folder / piece["file"]).read_bytes() for piece in manifest["weights"]["slices"])
    if hashlib.sha256(joined).hexdigest() != manifest["weights"]["sha256"]:
        raise SystemExit(f"{folder}: the joined slices do not have the SHA-256 that manifest.json names.")
    return {name: tensor.to(torch.float32) for name, tensor in load_safetensors(joined).items()}


def load_tokenizer(folder=BASE_MODEL):
    return BertTokenizerFast.from_pretrained(str(folder))


def build_model(label_names, head, problem_type="single_label_classification", token_head=False, folder=BASE_MODEL):
    """BertForSequenceClassification or BertForTokenClassification on the base weights.

    `head` holds classifier.weight and classifier.bias, and the pooler where the base model has none; one label name is
    one output (a number).
    """
    config = BertConfig.from_pretrained(
        str(folder),
        id2label=dict(enumerate(label_names)),
        label2id={name: number for number, name in enumerate(label_names)},
        problem_type=problem_type,
        attn_implementation="eager",
    )
    model = (BertForTokenClassification if token_head else BertForSequenceClassification)(config)
    base = load_base_weights(folder)
    # A tag a word is answered from the word's own token: transformers has no pooler there.
    state = {f"bert.{name}": tensor for name, tensor in base.items() if not (token_head and name.startswith("pooler."))}
    state.update(head)
    # Strict: a name that does not fit would leave random weights behind unnoticed.
    model.load_state_dict(state, strict=True)
    return model


def build_classifier(label_names, head, folder=BASE_MODEL):
    return build_model(label_names, head, folder=folder)
