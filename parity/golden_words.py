"""Golden case `words.json`: where transformers' BertTokenizerFast sees words begin and end in a text."""

from base_model import load_tokenizer
from golden_files import write_json
from golden_tokenizer import TEXTS

MORE = [
    "Tim Cook flew to New York on Nov. 3, 2024 (for @Apple).",
    "\u674e\u96f7\u548cHan Meimei\u5728\u5317\u4eac\u5927\u5b66\u89c1\u9762\u4e86\u3002",
    "\u6211\u4eec\u53bb\u5317\u4eac\U0001f600\u5427\uff01",
    "I \u2764\ufe0f \U0001f468\u200d\U0001f469\u200d\U0001f467! caf\u0065\u0301s and na\u00efvet\u00e9",
    "a \u2260 b; x\u0338y \u0301 z",
    "\u1100\u1161\u11a8 \ud55c\uae00",
]


def utf16_length(text):
    return len(text.encode("utf-16-le")) // 2


def words_of(tokenizer, text):
    """Begin and end of each word, in UTF-16 units as JavaScript counts."""
    encoded = tokenizer([text], add_special_tokens=False, return_offsets_mapping=True)
    words = {}
    for word, (begin, end) in zip(encoded.word_ids(0), encoded["offset_mapping"][0]):
        first, last = words.get(word, (begin, end))
        words[word] = (min(first, begin), max(last, end))
    return [[utf16_length(text[:begin]), utf16_length(text[:end])] for begin, end in words.values()]


def write_words_case(golden):
    tokenizer = load_tokenizer()
    # The names of special tokens are no words of a text.
    texts = [text for text in TEXTS if not any(token in text for token in tokenizer.all_special_tokens)] + MORE
    write_json(
        golden / "words.json",
        {
            "source": "transformers BertTokenizerFast on the bundled tokenizer: word_ids and offset_mapping",
            "ranges": "UTF-16 units, end not included",
            "cases": [{"text": text, "words": words_of(tokenizer, text)} for text in texts],
        },
        lines_for="cases",
    )
