"""Golden cases `tokenizer.json` and `tokenizer-chinese.json`: texts and what transformers' BertTokenizerFast makes of them."""

from base_model import CHINESE_BASE_MODEL, load_tokenizer
from golden_files import write_json

MAX_LENGTHS = [8, 16, None]
# Nine leaves an even number of places for a pair, eight and sixteen an odd one: they are shared out differently.
PAIR_MAX_LENGTHS = [8, 9, 16, None]

TEXTS = [
    "",
    " ",
    " \t\r\n ",
    "\u00a0\u2003\u3000",
    "a",
    "Hello, world!",
    "How far is it from Denver to Aspen ?",
    "The quick brown fox jumps over the lazy dog, again and again, until nobody is watching any more.",
    "unaffordable antidisestablishmentarianism",
    "UPPER CASE and Title Case and cAmEl",
    "don't can't it's we'll O'Neill",
    "state-of-the-art, well-known; e-mail: A/B",
    "...!!!???",
    "$5.00 is 20% of 25 \u20ac, #1 & more @home ^_^ `code` a|b ~c {d} [e] <f>",
    "3.14159 1,000,000 2024-01-31 12:30:59 1e-5 0x1F",
    "https://www.example.org/path/to/page?query=one%20two&x=1#part",
    "someone@example.org said: see http://localhost:8080/",
    "C:\\Users\\name\\file.txt",
    "def f(x): return x**2  # square",
    "<br /><p>HTML &amp; entities &lt;#&gt;</p>",
    "text\twith\ttabs\nand\r\nline breaks\u2028and\u2029separators\u0085here",
    "many      spaces     between",
    " leading and trailing ",
    "a\u0000b \u0000 c\u0000",
    "bell\u0007 escape\u001b delete\u007f control\u0080 end",
    "replacement \ufffd character",
    "zero\u200bwidth\u200cjoiners\u200dhere\ufeffand\u2060there",
    "soft\u00adhyphen left\u200eto\u200fright",
    "caf\u00e9 na\u00efve \u00fcber \u00c5ngstr\u00f6m fa\u00e7ade \u0141\u00f3d\u017a",
    "cafe\u0301 nai\u0308ve A\u030angstro\u0308m",
    "\u00df stra\u00dfe STRASSE \u1e9e \u0130stanbul \u0131",
    "\u039f\u0394\u03a5\u03a3\u03a3\u0395\u03a5\u03a3 \u03bf\u03b4\u03cd\u03c3\u03c3\u03b5\u03b9\u03b1",
    "\u041f\u0440\u0438\u0432\u0435\u0442, \u043c\u0438\u0440! \u0401\u043b\u043a\u0430 \u0439\u043e\u0434",
    "\u6211\u4eec\u4eca\u5929\u53bb\u5317\u4eac\u3002",
    "\u5f88\u597d\u5403\uff0c\u4e0b\u6b21\u8fd8\u6765\uff01",
    "\u4e2d\u6587 and English \u6df7\u5408 text123\u6570\u5b57",
    "\u3053\u3093\u306b\u3061\u306f\u4e16\u754c \u30ab\u30bf\u30ab\u30ca",
    "\u304c\u304e\u3050 \u304b\u3099\u304d\u3099",
    "\ud55c\uad6d\uc5b4 \ubb38\uc7a5\uc785\ub2c8\ub2e4",
    "\u0645\u0631\u062d\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645",
    "\u05e9\u05dc\u05d5\u05dd \u05e2\u05d5\u05dc\u05dd",
    "\u0928\u092e\u0938\u094d\u0924\u0947 \u0926\u0941\u0928\u093f\u092f\u093e",
    "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35\u0e0a\u0e32\u0e27\u0e42\u0e25\u0e01",
    "\U00020bb7\u91ce\u5bb6 \U0002a700 rare ideographs \uf900",
    "\U0001f600 \U0001f44d\U0001f3fd \U0001f468\u200d\U0001f469\u200d\U0001f467 \u2764\ufe0f \U0001f1e9\U0001f1ea",
    "good\U0001f600bad",
    "\uff26\uff55\uff4c\uff4c\uff57\uff49\uff44\uff54\uff48 \uff11\uff12\uff13\uff01",
    "\ufb01ne \ufb02ow \u2126 \u212b \u2167 \u00bd \u00b2 \u2122",
    "\u201cquoted\u201d \u2018single\u2019 \u2013 en \u2014 em \u2026 dots \u00abguillemets\u00bb",
    "\u3010\u6807\u9898\u3011\u300c\u5f15\u300d\u3001\u300a\u4e66\u300b",
    "math: \u2200x\u2208\u211d \u2211 \u221a2 \u2264 \u03c0 \u00b1 \u00d7 \u00f7",
    "[CLS] in the text [SEP] and [MASK] and [PAD] and [UNK]",
    "[cls] [ CLS ] [CLS][SEP] x[MASK]y [unused1]",
    "##ing ## # wordpiece",
    "x" * 100,
    "x" * 101,
    "short " + "y" * 250 + " end",
    "a" * 99 + "\u00e9",
    "\u4e2d" * 40,
    "ab " * 30,
    "word-" * 20,
    "tokenization tokenizers tokenized",
    "-lrb- a film -rrb- n't 's ``",
    "'", "\"", "_", "__init__", "\u00b7",
]

PAIRS = [
    ("A man is playing a guitar.", "Someone plays an instrument."),
    ("", ""),
    ("", "only the second text"),
    ("only the first text", ""),
    (" ", "\t"),
    ("one", "two three four five six seven eight nine ten eleven twelve"),
    ("one two three four five six seven eight nine ten eleven twelve", "thirteen"),
    ("one two three four five six seven eight nine", "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"),
    ("a b c", "d e f"),
    ("a b", "c d e"),
    ("a b c d", "e f"),
    ("a b c d e f", "g h i j k l m"),
    ("\u600e\u4e48\u8fd8\u6b3e\uff1f", "\u6211\u8981\u5728\u54ea\u91cc\u8fd8\u6b3e"),
    ("[SEP] tricky", "also [CLS] tricky"),
    ("How do I reset my password?", "How do I reset my password?"),
    ("x" * 101, "\U0001f600"),
]


CHINESE_TEXTS = [
    "\u9001\u9910\u5f88\u5feb\uff0c\u83dc\u4e5f\u70ed\uff0c\u4e0b\u6b21\u8fd8\u70b9\u3002",
    "\u5916\u5356\u7b49\u4e86\u4e24\u4e2a\u5c0f\u65f6\u624d\u5230\uff0c\u6c64\u90fd\u6d12\u4e86\uff01\uff01\uff01",
    "App \u95ea\u9000\uff0cWiFi \u8fde\u4e0d\u4e0a\uff0c\u62a5\u9519 ERROR_404",
    "iPhone15 \u548c MacBook Pro \u54ea\u4e2a\u597d\uff1f",
    "\u4ef7\u683c\uff1a\uffe5128.50\uff0c\u6253 8.5 \u6298\uff0c\u7701 10%",
    "\u8ba2\u5355\u53f7 20240131-0007\uff0c\u7535\u8bdd 138\u00d7\u00d7\u00d7\u00d75678",
    "\u8a02\u55ae\u9084\u6c92\u9001\u5230\uff0c\u8acb\u554f\u4ec0\u9ebc\u6642\u5019\u5230\u8ca8",
    "\uff21\uff22\uff23\uff11\uff12\uff13\u3000\u5168\u89d2\u7a7a\u683c",
    "@\u5c0f\u660e \u56de\u590d\uff1a#\u8bdd\u9898# \u54c8\u54c8\u54c8\u54c8[doge] //@A: \u597d\u7684~",
    "\u5403\U0001f602\u559d\U0001f60e\u73a9\u4e50\U0001f525",
    "\u201c\u5f15\u53f7\u201d\u2018\u5355\u201d\u2014\u2014\u7834\u6298\u53f7\u2026\u2026\u7701\u7565\u53f7\u00b7\u95f4\u9694",
    "\u9f98\u9750\u9f49\U00020000\u751f\u50fb\u5b57 \u3400 \u4dbf",
    "caf\u00e9 \u62ff\u94c1 \u00dcber \u6253\u8f66",
    "\u5317\u4eac\u5e02\u6d77\u6dc0\u533a\u4e2d\u5173\u6751\u5927\u885759\u53f7\u4e2d\u56fd\u4eba\u6c11\u5927\u5b66",
    "2024\u5e741\u670831\u65e5 12:30\uff0c3.14\u4ebf\uff0c\u7b2c\u4e09\u6b21",
    "\u4f60\u597d" * 30,
]

CHINESE_PAIRS = [
    ("\u8681\u501f\u7b49\u989d\u8fd8\u6b3e\u53ef\u4ee5\u6362\u6210\u5148\u606f\u540e\u672c\u5417", "\u501f\u5457\u6709\u5148\u606f\u5230\u671f\u8fd8\u672c\u5417"),
    ("\u82b1\u5457\u8bf4\u6211\u8fdd\u7ea6\u4e00\u6b21", "\u82b1\u5457\u8fdd\u7ea6\u884c\u4e3a"),
    ("App \u5982\u4f55\u5378\u8f7d", ""),
]


def encodings(tokenizer, max_lengths, text, pair=None):
    for max_length in max_lengths:
        # As a batch of one, the way a data set is encoded: a call with single strings takes an empty second text for none.
        encoded = tokenizer(
            [text],
            None if pair is None else [pair],
            truncation="longest_first" if max_length is not None else False,
            max_length=max_length,
        )
        yield {
            "maxLength": max_length,
            "inputIds": encoded["input_ids"][0],
            "tokenTypeIds": encoded["token_type_ids"][0],
        }


def write_tokenizer_case(golden):
    write_cases(golden / "tokenizer.json", load_tokenizer(), TEXTS, PAIRS)
    write_cases(
        golden / "tokenizer-chinese.json", load_tokenizer(CHINESE_BASE_MODEL), TEXTS + CHINESE_TEXTS, PAIRS + CHINESE_PAIRS
    )
    write_cases(golden / "tokenizer-left.json", load_tokenizer(), TEXTS[::4], PAIRS, "left")


def write_cases(path, tokenizer, texts, pairs, truncation_side="right"):
    tokenizer.truncation_side = truncation_side
    cases = [{"text": text, "encodings": list(encodings(tokenizer, MAX_LENGTHS, text))} for text in texts]
    cases += [
        {"text": first, "textPair": second, "encodings": list(encodings(tokenizer, PAIR_MAX_LENGTHS, first, second))}
        for first, second in pairs
    ]
    write_json(
        path,
        {
            "source": f"transformers BertTokenizerFast on the bundled tokenizer, truncation='longest_first', truncation_side='{truncation_side}', no padding",
            "maxLength": "counts [CLS] and [SEP]; null means no truncation",
            "cases": cases,
        },
        lines_for="cases",
    )
