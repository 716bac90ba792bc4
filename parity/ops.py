"""Writes parity/golden/ops: what PyTorch computes, in float64, for every instruction of the engine (src/engine/ops).

    python parity/ops.py [--output FOLDER]

A file per op. A case has an instruction's kind and fields, its tensors beforehand, which of them it reads and writes,
and what the written ones hold afterwards. Gradients are autograd's; only dropout masks are given (from Philox).
The file of an op is written by a function here or in ops_sequence.py; ops_case.py says what a case is.
"""

import argparse
import os
from pathlib import Path

# One thread: sums keep one order, so the bytes do not depend on the number of cores.
os.environ["OMP_NUM_THREADS"] = "1"

import torch
import torch.nn.functional as F

from ops_case import Case, numbers, philox_mask, random, write_op
from ops_sequence import attention_cases, embedding_cases, norm_cases, pooling_cases

ACTIVATIONS = {
    "none": lambda x: x,
    "gelu": F.gelu,
    "gelu_new": lambda x: F.gelu(x, approximate="tanh"),
    "relu": F.relu,
    "tanh": torch.tanh,
}


def linear_cases(generator):
    cases = []
    for name, activation in ACTIVATIONS.items():
        x, weight, bias = (random(generator, *shape) for shape in ((3, 4), (5, 4), (5,)))
        before = F.linear(x, weight, bias)
        case = Case(f"forward, {name}", "linear", rows=3, outputs=5, inputs=4, activation=name)
        case.reads(input=x, weight=weight, bias=bias)
        cases.append(case.writes(output=activation(before), preActivation=before))

        pre, gradient = random(generator, 3, 4, learns=True), random(generator, 3, 5)
        (expected,) = torch.autograd.grad(F.linear(activation(pre), weight), pre, gradient)
        case = Case(f"gradient of the input, {name}", "linearInputGradient", rows=3, outputs=5, inputs=4, activation=name, accumulate=False)
        case.reads(dOutput=gradient, weight=weight, preActivation=None if name == "none" else pre)
        cases.append(case.writes(dInput=expected))

    x, weight, bias = random(generator, 6, 3, learns=True), random(generator, 2, 3, learns=True), random(generator, 2, learns=True)
    gradient = random(generator, 6, 2)
    expected = dict(zip(("dInput", "dWeight", "dBias"), torch.autograd.grad(F.linear(x, weight, bias), (x, weight, bias), gradient)))
    for accumulate in (False, True):
        note = "added" if accumulate else "written"
        sizes = {"rows": 6, "outputs": 2, "inputs": 3, "accumulate": accumulate}
        case = Case(f"gradient of the input, {note}", "linearInputGradient", **sizes, activation="none")
        case.reads(dOutput=gradient, weight=weight, preActivation=None)
        cases.append(case.adds(generator, accumulate, dInput=expected["dInput"]))
        case = Case(f"gradient of weight and bias, {note}", "linearWeightGradient", **sizes)
        case.reads(dOutput=gradient, input=x)
        cases.append(case.adds(generator, accumulate, dWeight=expected["dWeight"], dBias=expected["dBias"]))
    return cases


def activation_cases(generator):
    edges = torch.tensor([0.0, 1e-6, -1e-6, 0.5, -0.5, 1, -1, 2.5, -2.5, 3.6, -3.6, 5, -5, 9, -9, 40, -40, 1000, -1000], dtype=torch.float64)
    cases = []
    for name, activation in ACTIVATIONS.items():
        for note, values in (("edges", edges), ("random", 2 * random(generator, 30))):
            x = values.clone().requires_grad_(True)
            gradient = random(generator, len(x))
            output = activation(x)
            (expected,) = torch.autograd.grad(output, x, gradient)
            case = Case(f"forward, {name}, {note}", "applyActivation", elements=len(x), activation=name)
            cases.append(case.reads(input=x).writes(output=output))
            case = Case(f"gradient, {name}, {note}", "activationGradient", elements=len(x), activation=name)
            cases.append(case.reads(dOutput=gradient, input=x).writes(dInput=expected))
    return cases


def dropout_cases(generator):
    cases = []
    for probability, seed, step, row_offset in ((0.1, 42, 1, 0), (0.5, 4294967295, 7, 3), (0.3, 0, 2147483648, 1)):
        dropout = {"probability": probability, "node": 9, "elementsPerRow": 7}
        scalars = {"seed": seed, "step": step, "dropoutEnabled": 1, "rowOffset": row_offset}
        x, gradient = random(generator, 4, 7, learns=True), random(generator, 4, 7)
        output = x * philox_mask(dropout, scalars, 28).reshape(4, 7)
        case = Case(f"forward, {probability}, seed {seed}", "applyDropout", elements=28, dropout=dropout, accumulate=False)
        cases.append(case.reads(input=x, scalars=scalars).writes(output=output))
        (expected,) = torch.autograd.grad(output, x, gradient)
        case = Case(f"gradient, {probability}, seed {seed}", "applyDropout", elements=28, dropout=dropout, accumulate=True)
        cases.append(case.reads(input=gradient, scalars=scalars).adds(generator, True, output=expected))
    x = random(generator, 2, 7)
    case = Case("switched off", "applyDropout", elements=14, dropout=dropout, accumulate=False)
    return [*cases, case.reads(input=x, scalars={**scalars, "dropoutEnabled": 0}).writes(output=x)]


def loss_case(name, kind, logits, answers, scale, loss, **answer_operand):
    """`loss` takes the logits; the engine multiplies with a scale of its own, so torch's reduction is the sum."""
    logits = logits.clone().requires_grad_(True)
    total = scale * loss(logits, answers)
    (expected,) = torch.autograd.grad(total, logits)
    rows, labels = logits.shape
    case = Case(name, kind, rows=rows, labels=labels)
    case.reads(logits=logits, **answer_operand, scalars={"lossScale": scale})
    return case.writes(dLogits=expected, results={"loss": total})


def softmax_cases(generator):
    def case(name, logits, labels, scale):
        labels = torch.tensor(labels)
        sum_of_losses = lambda scores, answers: F.cross_entropy(scores, answers, reduction="sum", ignore_index=-1)
        return loss_case(name, "softmaxCrossEntropy", logits, labels, scale, sum_of_losses, labels=labels)

    return [
        case("every row has a label", 2 * random(generator, 4, 3), [0, 2, 1, 2], 0.25),
        case("some rows have none", 2 * random(generator, 5, 6), [5, -1, 0, -1, 3], 1 / 3),
        case("no row has one", random(generator, 2, 3), [-1, -1], 0.5),
        case("huge logits", 400 * random(generator, 3, 4), [0, 1, 2], 1 / 3),
        case("one label", random(generator, 2, 1), [0, 0], 0.5),
    ]


def binary_cases(generator):
    def case(name, logits, targets):
        sum_of_losses = lambda scores, answers: F.binary_cross_entropy_with_logits(scores, answers, reduction="sum")
        return loss_case(name, "binaryCrossEntropy", logits, targets, 1 / targets.numel(), sum_of_losses, targets=targets)

    yes_or_no = (random(generator, 4, 3) > 0).double()
    return [
        case("yes or no", 2 * random(generator, 4, 3), yes_or_no),
        case("between", random(generator, 3, 2), torch.sigmoid(random(generator, 3, 2)).round(decimals=3)),
        case("huge logits", 300 * random(generator, 4, 3), yes_or_no),
    ]


def squared_error_cases(generator):
    def case(name, logits, targets):
        sum_of_losses = lambda scores, answers: F.mse_loss(scores, answers, reduction="sum")
        return loss_case(name, "meanSquaredError", logits, targets, 1 / targets.numel(), sum_of_losses, targets=targets)

    return [
        case("one number a row", random(generator, 5, 1), random(generator, 5, 1)),
        case("three numbers a row", 3 * random(generator, 4, 3), random(generator, 4, 3)),
    ]


def gradient_norm_cases(generator):
    cases = []
    for name, size, max_norm in (("clipped", 5, 1.0), ("not clipped", 0.01, 1.0), ("all zero", 0, 1.0)):
        parameters = [torch.nn.Parameter(torch.zeros(count, dtype=torch.float64)) for count in (7, 1, 12)]
        for parameter in parameters:
            parameter.grad = (size * random(generator, len(parameter))).round(decimals=6)
        flat = torch.cat([parameter.grad for parameter in parameters])
        chunk_table = torch.tensor([[0, 7], [7, 1], [8, 12]])
        partials = torch.stack([parameter.grad.pow(2).sum() for parameter in parameters])
        case = Case(f"squares, {name}", "squaredNorm", firstChunk=0, chunks=3)
        cases.append(case.reads(gradients=flat, chunkTable=chunk_table).writes(partials=partials))
        norm = torch.nn.utils.clip_grad_norm_(parameters, max_norm)
        # The coefficient is what torch made of the first gradient; where that is 0 nothing tells, and 1 is meant.
        coefficient = parameters[0].grad[0] / flat[0] if size else 1
        case = Case(f"norm, {name}", "finishNorm", chunks=3)
        case.reads(partials=partials, scalars={"maxGradNorm": max_norm}, results={"loss": 0.5})
        cases.append(case.writes(results={"loss": 0.5, "gradientNorm": norm, "clipCoefficient": coefficient, "nonFiniteChunk": -1}))
    return cases


def adamw_cases(generator):
    """Five elements decayed, three not: two groups of torch's optimizer, one flat buffer here."""
    settings = {"lr": 0.02, "betas": (0.9, 0.999), "eps": 1e-8}
    decayed, others = (torch.nn.Parameter(random(generator, count)) for count in (5, 3))
    optimizer = torch.optim.AdamW([{"params": [decayed], "weight_decay": 0.1}, {"params": [others], "weight_decay": 0}], **settings)
    join = lambda pick: torch.cat([pick(decayed), pick(others)]).detach().clone()
    moment = lambda name: join(lambda parameter: optimizer.state[parameter].get(name, torch.zeros_like(parameter)))
    cases = []
    for step in range(1, 5):
        gradient, clip = random(generator, 8), 1 if step < 3 else 0.25
        before = {"parameters": join(lambda parameter: parameter), "firstMoments": moment("exp_avg"), "secondMoments": moment("exp_avg_sq")}
        decayed.grad, others.grad = (clip * gradient).split([5, 3])
        optimizer.step()
        scalars = {"learningRate": 0.02, "weightDecay": 0.1, "beta1": 0.9, "beta2": 0.999, "epsilon": 1e-8}
        scalars |= {"correction1": 1 - 0.9**step, "correction2": 1 - 0.999**step}
        case = Case(f"step {step}, clipped to {clip}", "adamw", elements=8, decayedElements=5)
        case.reads(**before, gradients=gradient, scalars=scalars, results={"clipCoefficient": clip})
        cases.append(case.writes(parameters=join(lambda parameter: parameter), firstMoments=moment("exp_avg"), secondMoments=moment("exp_avg_sq")))
    return cases


OPS = {
    "linear": linear_cases,
    "activation": activation_cases,
    "dropout": dropout_cases,
    "residual-norm": norm_cases,
    "embedding": embedding_cases,
    "attention": attention_cases,
    "pooling": pooling_cases,
    "softmax-cross-entropy": softmax_cases,
    "binary-cross-entropy": binary_cases,
    "mean-squared-error": squared_error_cases,
    "gradient-norm": gradient_norm_cases,
    "adamw": adamw_cases,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--output", type=Path, default=Path(__file__).resolve().parent / "golden" / "ops")
    output = parser.parse_args().output
    for seed, (op, make_cases) in enumerate(OPS.items()):
        write_op(output / f"{op}.json", op, make_cases(numbers(seed)))


if __name__ == "__main__":
    main()
