/** From rounds to rows, from rows to a table. */

const median = (numbers) => {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** One row of the JSON file; null where a figure does not apply. */
export function toRow({ peer, size, opened, rounds, complaints }) {
  const { model, batch, length } = size;
  const each = rounds.map(({ seconds, steps }) => seconds / steps);
  const secondsPerStep = median(each);
  const last = rounds.at(-1);
  const perStep = (name) => (peer.gpu ? median(rounds.map(({ counts, steps }) => counts[name] / steps)) : null);
  const held = peer.gpu ? last.counts.gpuBytes : last.counts?.wasmBytes ?? last.processBytes ?? null;
  return {
    name: peer.name,
    model,
    batch,
    length,
    secondsPerStep,
    bestSecondsPerStep: Math.min(...each),
    tokensPerSecond: (batch * length) / secondsPerStep,
    dispatches: perStep('dispatches'),
    submits: perStep('submits'),
    buffersCreated: perStep('buffersCreated'),
    bindGroupsCreated: perStep('bindGroupsCreated'),
    bytesUploaded: perStep('bytesUploaded'),
    bytesReadBack: perStep('bytesReadBack'),
    bytesAllocated: held,
    bytesAllocatedPeak: peer.gpu ? last.counts.gpuBytesPeak : held,
    compileSeconds: peer.runs !== 'python' ? Math.max(0, opened.firstStepSeconds - secondsPerStep) : null,
    device: opened.device,
    steps: rounds.reduce((sum, { steps }) => sum + steps, 0),
    rounds: rounds.length,
    loss: last.loss,
    gradientNorm: last.gradientNorm,
    complaints,
  };
}

const number = (value, digits = 3) => (value === null ? '-' : value >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(digits))));

function bytes(value) {
  if (value === null) return '-';
  if (value >= 1e9) return `${(value / 1e9).toFixed(2)} GB`;
  if (value >= 1e6) return `${(value / 1e6).toFixed(1)} MB`;
  return value >= 1e3 ? `${(value / 1e3).toFixed(1)} kB` : `${Math.round(value)} B`;
}

const columns = [
  ['peer', (row) => row.name],
  ['s/step', (row) => number(row.secondsPerStep)],
  ['best', (row) => number(row.bestSecondsPerStep)],
  ['tokens/s', (row) => number(row.tokensPerSecond)],
  ['dispatches', (row) => number(row.dispatches)],
  ['submits', (row) => number(row.submits)],
  ['buffers', (row) => number(row.buffersCreated)],
  ['bindings', (row) => number(row.bindGroupsCreated)],
  ['up', (row) => bytes(row.bytesUploaded)],
  ['back', (row) => bytes(row.bytesReadBack)],
  ['held', (row) => bytes(row.bytesAllocated)],
  ['peak', (row) => bytes(row.bytesAllocatedPeak)],
  ['compile s', (row) => number(row.compileSeconds)],
  ['steps', (row) => String(row.steps)],
  ['device', (row) => row.device],
];

/** Columns of text, the first and the last to the left. */
export function aligned(header, lines) {
  const all = [header, ...lines];
  const widths = header.map((_, column) => Math.max(...all.map((line) => line[column].length)));
  const left = (column) => column === 0 || column === header.length - 1;
  return all.map((line) => line.map((text, column) => (left(column) ? text.padEnd(widths[column]) : text.padStart(widths[column]))).join('  ').trimEnd()).join('\n');
}

export function toTable(rows) {
  return aligned(columns.map(([title]) => title), rows.map((row) => columns.map(([, show]) => show(row))));
}

export const LEGEND = [
  'Median of rounds measured in turn, and the best round. Per step: dispatches, submits, buffers and bindings made, bytes up and',
  'back. Held and peak: GPU buffers; WebAssembly memory; for PyTorch what its process grew by. Compile: start to the end of the',
  'first step, less one step.',
].join('\n');
