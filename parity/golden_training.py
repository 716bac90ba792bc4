"""Forward, gradients and twenty training steps of one model: shared by the tiny and the bundled model.

Everything is computed in float64 and stored as float32. So a stored value is the right answer rather than one
library's rounding of it, and it does not depend on which matrix library PyTorch was built with. How far PyTorch's own
float32 is from these values is printed while generating, as a yardstick for tolerances.
"""

import torch

from golden_files import rounded, write_json, write_tensors
from training_rules import build_optimizer, build_schedule, decayed_parameter_names, model_inputs, training_step

TRAINING_STEPS = 20
WARMUP_STEPS = 4
WEIGHT_DECAY = 0.01


def loss_and_gradients(model, batch):
    """`model` is in evaluation mode: no dropout, yet gradients flow."""
    model.zero_grad(set_to_none=True)
    output = model(**model_inputs(batch))
    output.loss.backward()
    # A copy: the training steps that follow clear these.
    gradients = {name: parameter.grad.detach().clone() for name, parameter in model.named_parameters()}
    return output.logits.detach(), output.loss.detach(), gradients


def global_norm(gradients):
    return torch.sqrt(sum((gradient.double() ** 2).sum() for gradient in gradients.values()))


def train(model, batches, learning_rate, max_grad_norm):
    optimizer = build_optimizer(model, learning_rate, WEIGHT_DECAY)
    schedule = build_schedule(optimizer, WARMUP_STEPS, TRAINING_STEPS)
    steps = [
        training_step(model, model_inputs(batches[step % len(batches)]), optimizer, schedule, max_grad_norm)
        for step in range(TRAINING_STEPS)
    ]
    losses, norms, learning_rates = zip(*steps)
    return {
        "learningRate": learning_rate,
        "maxGradNorm": max_grad_norm,
        "losses": rounded(losses),
        "gradientNorms": rounded(norms),
        "learningRates": rounded(learning_rates),
    }


def write_training(folder, model, batches, trained):
    write_json(
        folder / "training.json",
        {
            "steps": TRAINING_STEPS,
            "warmupSteps": WARMUP_STEPS,
            "lrSchedulerType": "linear",
            "weightDecay": WEIGHT_DECAY,
            "adamBeta1": 0.9,
            "adamBeta2": 0.999,
            "adamEpsilon": 1e-8,
            "dropout": 0,
            "batchOfStep": "batches[step % batches.length]",
            **trained,
            "decayedParameters": decayed_parameter_names(model),
            "batches": batches,
        },
        lines_for="batches",
    )


def share_of_largest(actual, expected):
    """max|a-b| / max|b|: the measure that the tests use."""
    largest = float(expected.abs().max())
    return float((actual.double() - expected.double()).abs().max()) / largest if largest > 0 else 0.0


def float32_yardstick(name, single, double):
    """Prints how far the float32 run is from the float64 run; `single` and `double` are what `measure` returned."""
    # An attention key bias has the gradient zero; what float32 computes there is rounding, and AdamW walks on it.
    compared = [key for key in double["gradients"] if not is_key_bias(key)]
    gradient = max(share_of_largest(single["gradients"][key], double["gradients"][key]) for key in compared)
    final = max(share_of_largest(single["final"][key], double["final"][key]) for key in compared)
    losses = max(abs(a - b) for a, b in zip(single["trained"]["losses"], double["trained"]["losses"]))
    logits = float((single["logits"].double() - double["logits"]).abs().max())
    print(
        f"{name}: PyTorch float32 against these values: logits {logits:.1e}, gradients {gradient:.1e} of the largest,"
        f" losses of 20 steps {losses:.1e}, final parameters {final:.1e} of the largest"
    )


def is_key_bias(name):
    return name.endswith(("attention.self.key.bias", "attention.k_lin.bias"))


def measure(model, batch, batches, learning_rate, max_grad_norm):
    model.eval()
    logits, loss, gradients = loss_and_gradients(model, batch)
    trained = train(model, batches, learning_rate, max_grad_norm)
    final = {name: parameter.detach().clone() for name, parameter in model.named_parameters()}
    return {"logits": logits, "loss": loss, "gradients": gradients, "trained": trained, "final": final}


def write_full_case(folder, measured):
    expected = {"logits": measured["logits"], "loss": measured["loss"].reshape(1)}
    expected["gradientNorm"] = global_norm(measured["gradients"]).reshape(1)
    expected.update({f"gradient.{name}": gradient for name, gradient in measured["gradients"].items()})
    write_tensors(folder / "expected.safetensors", expected)
    write_tensors(folder / "final.safetensors", measured["final"])
