"""Golden cases `minilm-batch` and `bge-batch`: the bundled models themselves, with a sample of every gradient."""

import copy

import numpy
import torch

from base_model import BASE_MODEL, CHINESE_BASE_MODEL, build_classifier, load_tokenizer
from golden_files import write_json, write_tensors
from golden_training import float32_yardstick, global_norm, measure, write_training

LABELS = ["weather", "food", "sport", "music", "travel", "money"]
LEARNING_RATE = 5e-5
MAX_GRAD_NORM = 1.0
SAMPLED_PER_GRADIENT = 64
# Enough from the whole tensor to notice gradient where there should be none, the rest from where there is some.
SAMPLED_ANYWHERE = 16
# Of the global norm. What is smaller is rounding of an exact zero, which depends on the matrix library: it is written
# as 0, and has no say in which places are sampled.
NOISE = 1e-12

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
CHINESE_LABELS = ["天气", "美食", "运动", "音乐", "旅行", "金钱"]
CHINESE_SENTENCES = [
    ("雨停了，可是港口的风还是很大。", "天气"),
    ("蒜要最后放，不然会糊。", "美食"),
    ("她先输一盘，最后三盘赢下决赛。", "运动"),
    ("那架旧钢琴好多年没人调音了。", "音乐"),
    ("去成都的夜车晚点两个小时，没有人告诉我们为什么停在半路。", "旅行"),
    ("转存款要手续费吗？", "金钱"),
    ("又起雾了。", "天气"),
    ("这汤得加点盐和胡椒，再用小火炖二十分钟。", "美食"),
    ("守门员在最后一分钟扑出了点球。", "运动"),
    ("一首慢歌，小调，却弹得太快。", "音乐"),
    ("去机场坐哪路 bus？", "旅行"),
    ("物价涨了 4%，工资没涨。", "金钱"),
    ("山上夜里下了雪，垭口的路要封到星期天。", "天气"),
    ("面包、奶酪、橄榄：午饭好了。", "美食"),
    ("这个赛季他们一场没赢。", "运动"),
    ("合唱团没有指挥也唱完了。", "音乐"),
    ("我们沿着海岸走了六天，晚上住在海边的小屋里。", "旅行"),
    ("我的卡在同一家店刷了两次都没刷上。", "金钱"),
    ("太热了，睡不着。", "天气"),
    ("他早饭前跑十公里。", "运动"),
    ("鼓手六月才加入 Band。", "音乐"),
    ("发票昨天已经付了。", "金钱"),
]

BATCH_LENGTH = 16
# (first sentence, sentences, tokens)
TRAINING_BATCHES = [(4, 4, 20), (8, 4, 12), (12, 4, 18), (16, 4, 8), (20, 2, 10)]


# Multiplicative hashing (Knuth, The Art of Computer Programming, volume 3, section 6.4).
HASH_MULTIPLIER = 2_654_435_761
POOLER_RANGE = 0.07


def make_head(generator, labels, width):
    return {
        "classifier.weight": 0.02 * torch.randn((len(labels), width), generator=generator),
        "classifier.bias": 0.01 * torch.randn((len(labels),), generator=generator),
    }


def hashed_pooler(width):
    """A pooler for a model that has none: too large for a file, so both sides work it out from each element's index."""
    index = numpy.arange(width * width, dtype=numpy.uint64)
    spread = (index * numpy.uint64(HASH_MULTIPLIER)) % numpy.uint64(2**32) / 2.0**32
    weight = ((spread - 0.5) * POOLER_RANGE).astype(numpy.float32).reshape(width, width)
    return {"bert.pooler.dense.weight": torch.from_numpy(weight), "bert.pooler.dense.bias": torch.zeros(width)}


def encode(tokenizer, sentences, label_names, first, count, length):
    texts, labels = zip(*sentences[first : first + count])
    encoded = tokenizer(list(texts), padding="max_length", truncation=True, max_length=length)
    return {
        "texts": list(texts),
        "inputIds": encoded["input_ids"],
        "attentionMask": encoded["attention_mask"],
        "tokenTypeIds": encoded["token_type_ids"],
        "labels": [label_names.index(label) for label in labels],
    }


def sampled_indices(gradient, generator):
    """Flat indices, ascending: the largest gradient, others that are not zero, and some from anywhere."""
    flat = gradient.reshape(-1)
    if flat.numel() <= SAMPLED_PER_GRADIENT:
        return torch.arange(flat.numel())
    candidates = flat.nonzero().reshape(-1)
    chosen = {int(flat.abs().argmax())} if candidates.numel() else set()
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
    threshold = NOISE * expected["gradientNorm"]
    for name, computed in gradients.items():
        gradient = torch.where(computed.abs() < threshold, torch.zeros_like(computed), computed)
        index = sampled_indices(gradient, generator)
        expected[f"gradient.{name}.index"] = index
        expected[f"gradient.{name}.value"] = gradient.reshape(-1)[index]
        expected[f"gradient.{name}.maximum"] = gradient.abs().max().reshape(1)
    write_tensors(path, expected)


def write_minilm_case(golden, seed):
    write_case(golden / "minilm-batch", seed, BASE_MODEL, 384, LABELS, SENTENCES, {})


def write_chinese_case(golden, seed):
    write_case(golden / "bge-batch", seed, CHINESE_BASE_MODEL, 512, CHINESE_LABELS, CHINESE_SENTENCES, hashed_pooler(512))


def write_case(folder, seed, base, width, labels, sentences, pooler):
    generator = torch.Generator().manual_seed(seed)
    tokenizer = load_tokenizer(base)
    head = make_head(generator, labels, width)
    model = build_classifier(labels, {**head, **pooler}, base)
    batch = encode(tokenizer, sentences, labels, 0, 4, BATCH_LENGTH)
    batches = [encode(tokenizer, sentences, labels, *shape) for shape in TRAINING_BATCHES]

    write_tensors(folder / "head.safetensors", head)
    write_json(folder / "labels.json", labels)
    write_json(folder / "batch.json", batch)
    double = measure(copy.deepcopy(model).double(), batch, batches, LEARNING_RATE, MAX_GRAD_NORM)
    write_expected(folder / "expected.safetensors", double, generator)
    write_training(folder, model, batches, double["trained"])
    single = measure(copy.deepcopy(model), batch, batches, LEARNING_RATE, MAX_GRAD_NORM)
    float32_yardstick(folder.name, single, double)
