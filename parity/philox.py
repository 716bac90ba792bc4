"""Dropout masks of the engine: Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011).

The same numbers as src/domain/philox.ts and src/engine/random/dropoutMask.ts, many counters at once. Compared with
them through golden/dropout.json.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy

MULTIPLIER_0 = numpy.uint64(0xD2511F53)
MULTIPLIER_1 = numpy.uint64(0xCD9E8D57)
WEYL_0 = 0x9E3779B9
WEYL_1 = 0xBB67AE85
LOW = numpy.uint64(0xFFFFFFFF)
HALF = numpy.uint64(32)
ROUNDS = 10
WORDS = 4
# Counters computed at once: their words stay in the processor's cache.
PIECE = 8192
THREADS = 2


def philox4x32(counter, key):
    """Four arrays of 32-bit words in uint64, for a counter of four such arrays and a key of two numbers."""
    word0, word1, word2, word3 = (numpy.array(word, dtype=numpy.uint64) for word in counter)
    key0, key1 = (int(word) for word in key)
    for _ in range(ROUNDS):
        product0 = word0 * MULTIPLIER_0
        product1 = word2 * MULTIPLIER_1
        word0 = (product1 >> HALF) ^ word1 ^ numpy.uint64(key0)
        word2 = (product0 >> HALF) ^ word3 ^ numpy.uint64(key1)
        word1 = product1 & LOW
        word3 = product0 & LOW
        key0 = (key0 + WEYL_0) & 0xFFFFFFFF
        key1 = (key1 + WEYL_1) & 0xFFFFFFFF
    return word0, word1, word2, word3


def _fill(factors, first_block, blocks, threshold, keep, seed, step, node):
    counter = numpy.arange(first_block, first_block + blocks, dtype=numpy.uint64)
    same = numpy.zeros(blocks, dtype=numpy.uint64)
    words = philox4x32((counter, same + numpy.uint64(node), same + numpy.uint64(step), same), (seed, 0))
    for place, word in enumerate(words):
        numpy.multiply(word >= threshold, keep, out=factors[first_block : first_block + blocks, place])


def dropout_factors(elements, probability, seed, step, node):
    """What each of `elements` values is multiplied with: 0 where dropped, 1 / (1 - probability) where kept.

    `step` counts from 1; `node` is the node's place in the engine's graph; elements are counted over the whole batch.
    """
    blocks = -(-elements // WORDS)
    factors = numpy.empty((blocks, WORDS), dtype=numpy.float32)
    threshold = numpy.uint64(round(probability * 2**32))
    keep = numpy.float32(1 / (1 - probability))
    starts = range(0, blocks, PIECE)

    def fill(start):
        _fill(factors, start, min(PIECE, blocks - start), threshold, keep, seed, step, node)

    if len(starts) > 1:
        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(fill, starts))
    else:
        for start in starts:
            fill(start)
    return factors.reshape(-1)[:elements]
