/** Gathering embeddings and normalizing their sum, and the gradients of the three tables. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { dropoutRun } from '../../backends/wasm/assembly/dropoutRun';
import { normalizeRow } from '../../backends/wasm/assembly/normalizeRow';
import { addRun, clearRun, copyRun, firstColumn } from '../../backends/wasm/assembly/runs';
import { freeScratch } from '../../backends/wasm/assembly/gemm/scratch';
import { SEGMENTS } from '../../backends/wasm/assembly/stepWords';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Rows per ticket. */
const ROWS: i32 = 16;
/** Rows whose sum is made by itself before it joins the total: keeps rounding errors of long sums small. */
const BLOCK: i32 = 64;

/** Arguments: table, ids, output, tokens, hidden, firstRow, tableRows. */
export function gatherRows(args: usize, _thread: i32, _threads: i32): void {
  const ids = pointerAt(args, 1);
  const tokens = integerAt(args, 3);
  const hidden = integerAt(args, 4);
  const rowBytes = <usize>hidden << 2;
  const tableRows = integerAt(args, 6);
  for (let start = nextTicket(0) * ROWS; start < tokens; start = nextTicket(0) * ROWS) {
    const end = min(start + ROWS, tokens);
    for (let token = start; token < end; token++) {
      const row = integerAt(ids, token) - integerAt(args, 5);
      if (row < 0 || row >= tableRows) continue;
      copyRun(pointerAt(args, 2) + <usize>token * rowBytes, pointerAt(args, 0) + <usize>row * rowBytes, hidden);
    }
  }
}

/**
 * Arguments: sum, positionTable, tokenTypeTable (or 0), tokenTypeIds, weight, bias, output, statistics, tokens, length,
 * hidden, epsilon, dropout (5 words).
 */
export function embeddingNorm(args: usize, _thread: i32, _threads: i32): void {
  const tokenTypes = pointerAt(args, 2);
  const tokens = integerAt(args, 8);
  const length = integerAt(args, 9);
  const hidden = integerAt(args, 10);
  const rowBytes = <usize>hidden << 2;
  for (let start = nextTicket(0) * ROWS; start < tokens; start = nextTicket(0) * ROWS) {
    const end = min(start + ROWS, tokens);
    for (let token = start; token < end; token++) {
      const row = pointerAt(args, 0) + <usize>token * rowBytes;
      addRun(row, pointerAt(args, 1) + <usize>(token % length) * rowBytes, hidden);
      if (tokenTypes) addRun(row, tokenTypes + <usize>integerAt(pointerAt(args, 3), token) * rowBytes, hidden);
      const mask = dropoutRun(freeScratch(), args + 48, <i64>token * hidden, hidden);
      const output = pointerAt(args, 6) + <usize>token * rowBytes;
      normalizeRow(row, pointerAt(args, 4), pointerAt(args, 5), mask, output, pointerAt(args, 7) + (<usize>token << 3), hidden, floatAt(args, 11));
    }
  }
}

/**
 * Every thread adds up its own columns of all segments: ids differ greatly in how often they occur, columns do not.
 * Arguments: dSum, order, segmentIds, segmentOffsets, scalars, gradient, hidden, firstRow, tableRows, accumulate.
 */
export function tableGradient(args: usize, thread: i32, threads: i32): void {
  const dSum = pointerAt(args, 0);
  const order = pointerAt(args, 1);
  const segments = integerAt(pointerAt(args, 4), SEGMENTS);
  const hidden = integerAt(args, 6);
  const first = firstColumn(hidden, thread, threads);
  const count = firstColumn(hidden, thread + 1, threads) - first;
  if (!count) return;
  const block = freeScratch();
  for (let segment = 0; segment < segments; segment++) {
    const row = integerAt(pointerAt(args, 2), segment) - integerAt(args, 7);
    if (row < 0 || row >= integerAt(args, 8)) continue;
    const target = pointerAt(args, 5) + ((<usize>row * hidden + first) << 2);
    const end = integerAt(pointerAt(args, 3), segment + 1);
    let fresh = !integerAt(args, 9);
    for (let begin = integerAt(pointerAt(args, 3), segment); begin < end; begin += BLOCK) {
      const last = min(begin + BLOCK, end);
      // A first block goes straight to its place where nothing is there to be kept.
      const sum = fresh ? target : block;
      copyRun(sum, dSum + ((<usize>integerAt(order, begin) * hidden + first) << 2), count);
      for (let index = begin + 1; index < last; index++) {
        addRun(sum, dSum + ((<usize>integerAt(order, index) * hidden + first) << 2), count);
      }
      if (!fresh) addRun(target, block, count);
      fresh = false;
    }
  }
}

/** Arguments: dSum, gradient, rows, length, hidden, tableRows, accumulate. */
export function positionGradient(args: usize, _thread: i32, _threads: i32): void {
  const rows = integerAt(args, 2);
  const length = integerAt(args, 3);
  const hidden = integerAt(args, 4);
  const accumulate = integerAt(args, 6);
  const rowBytes = <usize>hidden << 2;
  const positions = accumulate ? length : integerAt(args, 5);
  for (let position = nextTicket(0); position < positions; position = nextTicket(0)) {
    const target = pointerAt(args, 1) + <usize>position * rowBytes;
    if (!accumulate) clearRun(target, hidden);
    if (position >= length) continue;
    for (let row = 0; row < rows; row++) addRun(target, pointerAt(args, 0) + <usize>(row * length + position) * rowBytes, hidden);
  }
}

/** Arguments: dSum, tokenTypeIds, gradient, tokens, hidden, tableRows, accumulate. */
export function tokenTypeGradient(args: usize, thread: i32, threads: i32): void {
  const tokens = integerAt(args, 3);
  const hidden = integerAt(args, 4);
  const first = firstColumn(hidden, thread, threads);
  const count = firstColumn(hidden, thread + 1, threads) - first;
  if (!count) return;
  const block = freeScratch();
  for (let type = 0; type < integerAt(args, 5); type++) {
    const target = pointerAt(args, 2) + ((<usize>type * hidden + first) << 2);
    if (!integerAt(args, 6)) clearRun(target, count);
    for (let begin = 0; begin < tokens; begin += BLOCK) {
      const end = min(begin + BLOCK, tokens);
      clearRun(block, count);
      for (let token = begin; token < end; token++) {
        if (integerAt(pointerAt(args, 1), token) != type) continue;
        addRun(block, pointerAt(args, 0) + ((<usize>token * hidden + first) << 2), count);
      }
      addRun(target, block, count);
    }
  }
}
