"""Rows of a run to token ids, as transformers' own tokenizer makes them, and to padded batches."""

import torch


def first_tokens(tokenizer, words, encoded):
    """(token, word) of each word's first token that was not cut off: with `truncation_side` left a kept token may go on a word."""
    kept = encoded.word_ids(0)
    places = tokenizer(words, is_split_into_words=True).word_ids(0)
    removed = len(places) - len(kept) if tokenizer.truncation_side == "left" else 0
    first = {token for token, word in enumerate(places) if word is not None and word != places[token - 1]}
    return [(token, word) for token, word in enumerate(kept) if word is not None and token + removed in first]


def encode_row(tokenizer, row, max_length):
    """`{inputIds, tokenTypeIds, firstTokens}`; the last is empty where there are no words."""
    if "words" in row:
        encoded = tokenizer(row["words"], is_split_into_words=True, truncation=True, max_length=max_length)
        first = first_tokens(tokenizer, row["words"], encoded)
    else:
        encoded = tokenizer(row["text"], row.get("textPair"), truncation="longest_first", max_length=max_length)
        first = []
    return {"inputIds": encoded["input_ids"], "tokenTypeIds": encoded["token_type_ids"], "firstTokens": first}


class RowEncoder:
    """Remembers what it encoded: every epoch sees the same rows."""

    def __init__(self, tokenizer, max_length, truncation_side="right"):
        tokenizer.truncation_side = truncation_side
        self.tokenizer = tokenizer
        self.max_length = max_length
        self.known = {}

    def encode(self, rows):
        encodings = []
        for row in rows:
            key = tuple(row["words"]) if "words" in row else (row["text"], row.get("textPair"))
            if key not in self.known:
                self.known[key] = encode_row(self.tokenizer, row, self.max_length)
            encodings.append(self.known[key])
        return encodings

    def pad(self, encodings, length=None):
        """As keyword arguments of a model; without `length` to the longest row."""
        longest = max(len(encoding["inputIds"]) for encoding in encodings)
        length = length or longest
        if longest > length:
            raise SystemExit(f"A row has {longest} tokens here, its batch was padded to {length} there.")
        shape = (len(encodings), length)
        ids = torch.full(shape, self.tokenizer.pad_token_id)
        mask, types = torch.zeros(shape, dtype=torch.long), torch.zeros(shape, dtype=torch.long)
        for row, encoding in enumerate(encodings):
            tokens = len(encoding["inputIds"])
            ids[row, :tokens] = torch.tensor(encoding["inputIds"])
            types[row, :tokens] = torch.tensor(encoding["tokenTypeIds"])
            mask[row, :tokens] = 1
        return {"input_ids": ids, "attention_mask": mask, "token_type_ids": types}
