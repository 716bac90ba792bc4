"""What Hugging Face Trainer does in one training step, without its machinery.

Trainer itself needs a further package and hides the batches; these few rules are all of it that changes numbers.
"""

import torch
from torch.nn.utils import clip_grad_norm_
from transformers import get_linear_schedule_with_warmup
from transformers.pytorch_utils import ALL_LAYERNORM_LAYERS
from transformers.trainer_pt_utils import get_parameter_names


def decayed_parameter_names(model):
    """As Trainer.get_decay_parameter_names: all but biases and the parameters of LayerNorm."""
    names = get_parameter_names(model, ALL_LAYERNORM_LAYERS)
    return [name for name in names if "bias" not in name]


def build_optimizer(model, learning_rate, weight_decay, betas=(0.9, 0.999), epsilon=1e-8):
    decayed = set(decayed_parameter_names(model))
    named = [(name, parameter) for name, parameter in model.named_parameters() if parameter.requires_grad]
    groups = [
        {"params": [p for name, p in named if name in decayed], "weight_decay": weight_decay},
        {"params": [p for name, p in named if name not in decayed], "weight_decay": 0.0},
    ]
    return torch.optim.AdamW(groups, lr=learning_rate, betas=betas, eps=epsilon)


def build_schedule(optimizer, warmup_steps, total_steps):
    return get_linear_schedule_with_warmup(optimizer, warmup_steps, total_steps)


def model_inputs(batch):
    """A batch as the golden JSON files hold it, as keyword arguments of the model."""
    inputs = {
        "input_ids": torch.tensor(batch["inputIds"], dtype=torch.long),
        "attention_mask": torch.tensor(batch["attentionMask"], dtype=torch.long),
    }
    if batch.get("tokenTypeIds") is not None:
        inputs["token_type_ids"] = torch.tensor(batch["tokenTypeIds"], dtype=torch.long)
    if batch.get("labels") is not None:
        inputs["labels"] = torch.tensor(batch["labels"], dtype=torch.long)
    return inputs


def training_step(model, inputs, optimizer, schedule, max_grad_norm):
    """One step; returns the loss, the gradient norm before clipping, and the learning rate that was used."""
    model.zero_grad(set_to_none=True)
    loss = model(**inputs).loss
    loss.backward()
    norm = clip_grad_norm_(model.parameters(), max_grad_norm)
    learning_rate = schedule.get_last_lr()[0]
    optimizer.step()
    schedule.step()
    return float(loss.detach()), float(norm), learning_rate
