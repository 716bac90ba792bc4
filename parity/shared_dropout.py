"""The engine's dropout masks in a BERT of transformers, so that both sides of a comparison drop the same values."""

import time

import torch

from philox import dropout_factors

# Nodes of one layer in the engine's graph (src/models/bert): query, key, value, attention, projection, sum with
# LayerNorm, inner, outer, sum with LayerNorm. Node 0 is the embedding.
NODES_A_LAYER = 9
ATTENTION = 3
ATTENTION_SUM = 5
OUTPUT_SUM = 8


def dropout_nodes(layers, token_head):
    """By path of the module in transformers: the node of the engine's graph that drops values there."""
    nodes = {"bert.embeddings.dropout": 0}
    for layer in range(layers):
        first = 1 + NODES_A_LAYER * layer
        prefix = f"bert.encoder.layer.{layer}"
        nodes[f"{prefix}.attention.self.dropout"] = first + ATTENTION
        nodes[f"{prefix}.attention.output.dropout"] = first + ATTENTION_SUM
        nodes[f"{prefix}.output.dropout"] = first + OUTPUT_SUM
    # For whole texts the first token is taken and goes through the pooler before.
    nodes["dropout"] = 1 + NODES_A_LAYER * layers + (0 if token_head else 2)
    return nodes


class SharedMasks:
    """Seed and step of the masks, for all dropouts of a model; `seconds` adds up what making them took."""

    def __init__(self, seed):
        self.seed = seed
        self.step = 0
        self.seconds = 0.0

    def factors(self, shape, probability, node):
        started = time.perf_counter()
        elements = int(torch.Size(shape).numel())
        factors = torch.from_numpy(dropout_factors(elements, probability, self.seed, self.step, node)).view(shape)
        self.seconds += time.perf_counter() - started
        return factors


class SharedDropout(torch.nn.Module):
    def __init__(self, probability, node, masks):
        super().__init__()
        self.p = probability
        self.node = node
        self.masks = masks

    def forward(self, values):
        if not self.training or self.p == 0:
            return values
        return values * self.masks.factors(values.shape, self.p, self.node)


def share_dropout(model, seed):
    """Puts the engine's masks in place of every dropout; set `step` of what is returned before each training step."""
    masks = SharedMasks(seed)
    nodes = dropout_nodes(model.config.num_hidden_layers, token_head=model.bert.pooler is None)
    dropouts = {path: module for path, module in model.named_modules() if isinstance(module, torch.nn.Dropout)}
    if set(dropouts) != set(nodes):
        raise SystemExit(f"Dropouts without a node, or nodes without a dropout: {sorted(set(dropouts) ^ set(nodes))}")
    for path, module in dropouts.items():
        parent, _, name = path.rpartition(".")
        setattr(model.get_submodule(parent), name, SharedDropout(module.p, nodes[path], masks))
    return masks
