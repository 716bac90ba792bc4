"""Golden cases of the ops over sequences of tokens: LayerNorm, embedding, attention, pooling (see ops.py)."""

import math

import torch
import torch.nn.functional as F

from ops_case import Case, philox_mask, random

SCALARS = {"seed": 1234, "step": 5, "dropoutEnabled": 1, "rowOffset": 2}


def statistics_of(values, epsilon):
    """(mean, 1 / sqrt(variance + epsilon)) of every row; the variance is the population's."""
    variance = values.var(dim=-1, unbiased=False)
    return torch.stack([values.mean(dim=-1), 1 / torch.sqrt(variance + epsilon)], dim=-1)


def mask_of(dropout, shape):
    if dropout is None:
        return torch.ones(shape, dtype=torch.float64)
    return philox_mask(dropout, SCALARS, math.prod(shape)).reshape(shape)


def norm_cases(generator):
    cases = []
    # Three rows of two tokens, so a row of the batch has two rows of this matrix.
    tokens, hidden = 6, 5
    for name, dropout, epsilon in (
        ("no dropout", None, 1e-12),
        ("large epsilon", None, 0.3),
        ("dropout", {"probability": 0.4, "node": 3, "elementsPerRow": 2 * hidden}, 1e-5),
    ):
        sizes = {"tokens": tokens, "hidden": hidden}
        x, residual = random(generator, tokens, hidden, learns=True), random(generator, tokens, hidden, learns=True)
        weight, bias = random(generator, hidden, learns=True), random(generator, hidden, learns=True)
        gradient = random(generator, tokens, hidden)
        scale = mask_of(dropout, (tokens, hidden))

        total = residual + x * scale
        output = F.layer_norm(total, (hidden,), weight, bias, epsilon)
        statistics = statistics_of(total, epsilon)
        case = Case(f"forward, {name}", "residualNorm", **sizes, epsilon=epsilon, dropout=dropout)
        case.reads(sum=x, residual=residual, weight=weight, bias=bias, scalars=SCALARS)
        cases.append(case.writes(sum=total, output=output, statistics=statistics))

        d_residual, d_x, d_weight, d_bias = torch.autograd.grad(output, (residual, x, weight, bias), gradient)
        reads = {"dOutput": gradient, "sum": total, "statistics": statistics, "scalars": SCALARS}
        case = Case(f"gradient, {name}", "normGradient", **sizes, outputDropout=None, inputDropout=dropout, accumulate=False)
        cases.append(case.reads(**reads, weight=weight).writes(dSum=d_residual, dInput=d_x))
        for accumulate in (False, True):
            case = Case(f"gradient of weight and bias, {name}{', added' * accumulate}", "normParameterGradient", **sizes, outputDropout=None, accumulate=accumulate)
            cases.append(case.reads(**reads).adds(generator, accumulate, dWeight=d_weight, dBias=d_bias))

        # The embedding's LayerNorm: dropout comes behind it.
        total = random(generator, tokens, hidden, learns=True)
        output = F.layer_norm(total, (hidden,), weight, bias, epsilon) * scale
        d_total, d_weight, d_bias = torch.autograd.grad(output, (total, weight, bias), gradient)
        reads |= {"sum": total, "statistics": statistics_of(total, epsilon)}
        case = Case(f"gradient, behind it {name}", "normGradient", **sizes, outputDropout=dropout, inputDropout=None, accumulate=True)
        cases.append(case.reads(**reads, weight=weight).adds(generator, True, dSum=d_total).writes(dInput=None))
        case = Case(f"gradient of weight and bias, behind it {name}", "normParameterGradient", **sizes, outputDropout=dropout, accumulate=False)
        cases.append(case.reads(**reads).writes(dWeight=d_weight, dBias=d_bias))
    return cases


def sorted_tokens(ids):
    """What the host uploads for `tableGradient`: tokens sorted by id, and where each id's begin."""
    order = torch.argsort(ids, stable=True)
    segment_ids, counts = torch.unique(ids, return_counts=True)
    offsets = torch.cat([torch.zeros(1, dtype=torch.int64), counts.cumsum(0)])
    return {"order": order, "segmentIds": segment_ids, "segmentOffsets": offsets}


def embedding_cases(generator):
    rows, length, hidden, vocabulary = 3, 4, 3, 7
    tokens, epsilon = rows * length, 1e-12
    dropout = {"probability": 0.25, "node": 0, "elementsPerRow": length * hidden}
    ids = torch.from_numpy(generator.integers(0, vocabulary, (rows, length)))
    types = torch.from_numpy(generator.integers(0, 2, (rows, length)))
    words, positions, kinds = (random(generator, count, hidden, learns=True) for count in (vocabulary, 6, 2))
    weight, bias = random(generator, hidden), random(generator, hidden)
    gathered = F.embedding(ids, words)
    total = gathered + positions[:length] + F.embedding(types, kinds)
    output = F.layer_norm(total, (hidden,), weight, bias, epsilon) * mask_of(dropout, (rows, length, hidden))

    flat = lambda tensor: tensor.reshape(tokens, hidden)
    cases = []
    case = Case("gather", "gatherRows", tokens=tokens, hidden=hidden, firstRow=0, tableRows=vocabulary)
    cases.append(case.reads(table=words, ids=ids).writes(output=flat(gathered)))
    left = random(generator, tokens, hidden)
    inside = ((ids >= 2) & (ids < 5)).reshape(tokens, 1)
    case = Case("gather from a slice", "gatherRows", tokens=tokens, hidden=hidden, firstRow=2, tableRows=3)
    case.reads(table=words[2:5], ids=ids).begins_with(output=left)
    cases.append(case.writes(output=torch.where(inside, flat(gathered), left)))
    case = Case("sum, norm and dropout", "embeddingNorm", tokens=tokens, length=length, hidden=hidden, epsilon=epsilon, dropout=dropout)
    case.reads(sum=flat(gathered), positionTable=positions, tokenTypeTable=kinds, tokenTypeIds=types, weight=weight, bias=bias, scalars=SCALARS)
    cases.append(case.writes(sum=flat(total), output=flat(output), statistics=statistics_of(flat(total), epsilon)))
    bare = gathered + positions[:length]
    bare_output = F.layer_norm(bare, (hidden,), weight, bias, epsilon)
    case = Case("no types, no dropout", "embeddingNorm", tokens=tokens, length=length, hidden=hidden, epsilon=epsilon, dropout=None)
    case.reads(sum=flat(gathered), positionTable=positions, tokenTypeTable=None, tokenTypeIds=types, weight=weight, bias=bias, scalars=SCALARS)
    cases.append(case.writes(sum=flat(bare), output=flat(bare_output), statistics=statistics_of(flat(bare), epsilon)))

    gradient = random(generator, rows, length, hidden)
    d_words, d_positions, d_kinds = torch.autograd.grad(total, (words, positions, kinds), gradient)
    host = sorted_tokens(ids.reshape(-1))
    scalars = {**SCALARS, "segments": len(host["segmentIds"])}
    occurs = torch.zeros(vocabulary, dtype=torch.bool).index_fill(0, ids.reshape(-1), True).reshape(-1, 1)
    for accumulate, first, count in ((False, 0, vocabulary), (True, 0, vocabulary), (True, 3, 4)):
        before = random(generator, count, hidden)
        part = slice(first, first + count)
        case = Case(f"gradient of rows {first} to {first + count}{', added' * accumulate}", "tableGradient", tokens=tokens, hidden=hidden, firstRow=first, tableRows=count, accumulate=accumulate)
        case.reads(dSum=flat(gradient), **host, scalars=scalars).begins_with(gradient=before)
        written = d_words[part] + (before if accumulate else 0)
        cases.append(case.writes(gradient=torch.where(occurs[part], written, before)))
    for accumulate in (False, True):
        note = ", added" * accumulate
        case = Case(f"gradient of positions{note}", "positionGradient", rows=rows, length=length, hidden=hidden, tableRows=6, accumulate=accumulate)
        cases.append(case.reads(dSum=flat(gradient)).adds(generator, accumulate, gradient=d_positions))
        case = Case(f"gradient of token types{note}", "tokenTypeGradient", tokens=tokens, hidden=hidden, tableRows=2, accumulate=accumulate)
        cases.append(case.reads(dSum=flat(gradient), tokenTypeIds=types).adds(generator, accumulate, gradient=d_kinds))
    return cases


def attend(fused, attention_mask, heads, scale):
    """As transformers' BertSelfAttention. `fused` is [rows, length, 3, heads, head size]."""
    query, key, value = fused.permute(2, 0, 3, 1, 4)
    scores = query @ key.transpose(-1, -2) / math.sqrt(query.shape[-1])
    # Added to a score, the most negative number leaves nothing of it: keys of a row of padding all have one score.
    scores = scores + (1 - attention_mask[:, None, None, :]) * torch.finfo(torch.float64).min
    probabilities = scores.softmax(-1)
    context = (probabilities * scale) @ value
    return scores, context.transpose(1, 2)


def attention_cases(generator):
    rows, length, heads, head_size = 3, 4, 2, 3
    hidden, cases = heads * head_size, []
    padded = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0], [0, 0, 0, 1]], dtype=torch.float64)
    all_padding = torch.tensor([[1, 1, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0]], dtype=torch.float64)
    some_dropout = {"probability": 0.3, "node": 6, "elementsPerRow": heads * length * length}
    for name, is_fused, mask, dropout in (
        ("fused", True, torch.ones(rows, length, dtype=torch.float64), None),
        ("fused, padded, dropout", True, padded, some_dropout),
        ("separate, padded", False, padded, None),
        ("separate, a row of padding", False, all_padding, None),
        ("fused, a row of padding, dropout", True, all_padding, some_dropout),
    ):
        inputs = random(generator, rows, length, 3, heads, head_size, learns=True)
        d_context = random(generator, rows, length, heads, head_size)
        scores, context = attend(inputs, mask, heads, mask_of(dropout, (rows, heads, length, length)))
        (d_inputs,) = torch.autograd.grad(context, inputs, d_context)
        delta = (d_context * context).sum(-1).transpose(1, 2)
        # In a row of padding the engine counts every score as 0.
        is_padding = (mask.sum(-1) == 0)[:, None, None]
        log_sum_exp = torch.where(is_padding, torch.tensor(math.log(length), dtype=torch.float64), scores.logsumexp(-1))
        layout = {"queryOffset": 0, "keyOffset": hidden * is_fused, "valueOffset": 2 * hidden * is_fused, "rowStride": hidden * (3 if is_fused else 1)}
        fields = {"rows": rows, "length": length, "heads": heads, "headSize": head_size, "layout": layout, "dropout": dropout}
        forward, backward = Case(f"forward, {name}", "attention", **fields), Case(f"gradient, {name}", "attentionGradient", **fields)
        matrix = lambda tensor: tensor.reshape(rows * length, -1)
        for case in (forward, backward):
            case.reads(attentionMask=mask, scalars=SCALARS)
            if is_fused:
                case.begins_with(queryKeyValue=matrix(inputs)).lies_in("queryKeyValue", query="reads", key="reads", value="reads")
            else:
                case.reads(**{operand: matrix(inputs[:, :, place]) for place, operand in enumerate(("query", "key", "value"))})
        cases.append(forward.writes(context=matrix(context), logSumExp=log_sum_exp))
        backward.reads(context=matrix(context), logSumExp=log_sum_exp, dContext=matrix(d_context))
        if is_fused:
            backward.writes(dQueryKeyValue=matrix(d_inputs)).lies_in("dQueryKeyValue", dQuery="writes", dKey="writes", dValue="writes")
            del backward.content["writes"]["dQueryKeyValue"]
        else:
            backward.writes(**{operand: matrix(d_inputs[:, :, place]) for place, operand in enumerate(("dQuery", "dKey", "dValue"))})
        cases.append(backward.writes(delta=delta))
    return cases


def pooling_cases(generator):
    rows, length, hidden, cases = 3, 4, 3, []
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 0, 0], [0, 1, 0, 1]], dtype=torch.float64)
    poolings = {
        "firstToken": lambda x: x[:, 0],
        # As sentence-transformers' Pooling.
        "mean": lambda x: (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1e-9),
    }
    sizes = {"rows": rows, "length": length, "hidden": hidden}
    for name, pool in poolings.items():
        x, gradient = random(generator, rows, length, hidden, learns=True), random(generator, rows, hidden)
        output = pool(x)
        cases.append(Case(f"forward, {name}", "pool", **sizes, pooling=name).reads(input=x, attentionMask=mask).writes(output=output))
        (expected,) = torch.autograd.grad(output, x, gradient)
        for accumulate in (False, True):
            case = Case(f"gradient, {name}{', added' * accumulate}", "poolGradient", **sizes, pooling=name, accumulate=accumulate)
            cases.append(case.reads(dOutput=gradient, attentionMask=mask).adds(generator, accumulate, dInput=expected))
    return cases
