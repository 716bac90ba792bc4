"""The training step in PyTorch: reads requests as lines of JSON, answers in the same way (bench/page/protocol.ts)."""

import argparse
import json
import resource
import sys
import time

import torch
import transformers

LABELS = 6
BATCHES = 4
SETTINGS = {"learning_rate": 5e-5, "weight_decay": 0.01, "max_grad_norm": 1.0}

# The same as `configs` in bench/step/models.ts.
SIZES = {
    "minilm": dict(vocab_size=30522, hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536, max_position_embeddings=512),
    "tiny": dict(vocab_size=1000, hidden_size=128, num_hidden_layers=2, num_attention_heads=2, intermediate_size=512, max_position_embeddings=128),
}


def resident_bytes():
    """What the process holds in memory now; None where the system does not say."""
    try:
        with open("/proc/self/statm") as file:
            return int(file.read().split()[1]) * resource.getpagesize()
    except OSError:
        return None


def blas_name():
    """The library that is really loaded: Debian's torch is built against a generic one and replaced at run time."""
    try:
        with open("/proc/self/maps") as file:
            loaded = file.read()
    except OSError:
        return "unknown"
    return next((name for name in ("openblas", "mkl", "blis", "atlas") if f"lib{name}" in loaded), "reference")


class Measurement:
    def __init__(self, size, dropout):
        self.base_bytes = resident_bytes()
        rate = 0.1 if dropout else 0.0
        config = transformers.BertConfig(
            **SIZES[size["model"]], num_labels=LABELS, hidden_dropout_prob=rate, attention_probs_dropout_prob=rate
        )
        torch.manual_seed(42)
        self.model = transformers.BertForSequenceClassification(config)
        self.model.train()
        decayed = [p for name, p in self.model.named_parameters() if p.dim() > 1]
        others = [p for name, p in self.model.named_parameters() if p.dim() <= 1]
        groups = [{"params": decayed, "weight_decay": SETTINGS["weight_decay"]}, {"params": others, "weight_decay": 0.0}]
        self.optimizer = torch.optim.AdamW(groups, lr=SETTINGS["learning_rate"])
        rows, length = size["batch"], size["length"]
        self.batches = [
            {
                "input_ids": torch.randint(0, config.vocab_size, (rows, length)),
                "attention_mask": torch.ones(rows, length, dtype=torch.long),
                "token_type_ids": torch.zeros(rows, length, dtype=torch.long),
                "labels": torch.randint(0, LABELS, (rows,)),
            }
            for _ in range(BATCHES)
        ]
        self.done = 0

    def step(self):
        self.optimizer.zero_grad(set_to_none=True)
        loss = self.model(**self.batches[self.done % BATCHES]).loss
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(self.model.parameters(), SETTINGS["max_grad_norm"])
        self.optimizer.step()
        self.done += 1
        return loss.item(), norm.item()

    def grown_bytes(self):
        now = resident_bytes()
        return None if now is None or self.base_bytes is None else now - self.base_bytes

    def run(self, steps):
        begin = time.perf_counter()
        for _ in range(steps):
            loss, norm = self.step()
        seconds = time.perf_counter() - begin
        return {"seconds": seconds, "steps": steps, "loss": loss, "gradientNorm": norm, "processBytes": self.grown_bytes()}


def device_name():
    return f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {blas_name()} BLAS"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=2)
    torch.set_num_threads(parser.parse_args().threads)
    transformers.logging.set_verbosity_error()
    measurement = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if request["kind"] == "open":
                begin = time.perf_counter()
                measurement = Measurement(request["size"], request["dropout"])
                measurement.run(1)
                value = {"device": device_name(), "firstStepSeconds": time.perf_counter() - begin}
            else:
                value = measurement.run(request["steps"])
            answer = {"ok": True, "value": value}
        except Exception as error:  # The runner says it and goes on with the other peers.
            answer = {"ok": False, "missing": False, "message": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
