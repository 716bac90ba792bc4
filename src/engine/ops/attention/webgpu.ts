/**
 * Attention on WebGPU. An invocation has a query (backward, in the second kernel: a key) of its own in registers; its
 * workgroup holds a tile of the other side, which all of them read at the same place. Scores are never stored: the
 * forward pass keeps a running maximum and rescales (online softmax), the backward pass recomputes from `logSumExp`.
 */
import { distinct, fold, input, reads, repeat, writes, type Kernel, type KernelContext } from '../../backends/webgpu/kernel';
import { dropsAny } from '../../backends/webgpu/snippets';
import type { Attention, AttentionGradient } from './op';
import { addRows, attentionNumbers, attentionShape, contextPlace, dots, fillTile, keyRange, loader, locate, PLACES, probabilityDropout, storer, type AttentionShape, type Operands } from './webgpuParts';

const MAIN = (invocations: number) => `
@compute @workgroup_size(${invocations})
fn main(@builtin(workgroup_id) workgroup: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>, @builtin(local_invocation_index) local: u32) {`;

const tileDeclaration = (name: string, { tile, vectors }: AttentionShape) => `var<workgroup> ${name}: array<vec4<f32>, ${tile * vectors}>;`;
const registers = (name: string, { vectors }: AttentionShape, value: (c: number) => string, kind = 'let') =>
  repeat(vectors, (c) => `  ${kind} ${name}${c} = ${value(c)};`);

/** Which keys of the tile count, as 0 or 1; all of them where the whole row is padding. */
const FLAGS = ({ tile, invocations }: AttentionShape) => `
    for (var slot = local; slot < ${tile}u; slot += ${invocations}u) {
      let key = first + slot;
      var counts = 0u;
      if (key < end) { counts = select(u32(mask(firstToken + key) != 0), 1u, allPadded); }
      flags[slot] = counts;
    }`;
const KEPT = 'vec4<bool>(flags[j] != 0u, flags[j + 1u] != 0u, flags[j + 2u] != 0u, flags[j + 3u] != 0u)';

const RANGE = `
  let found = findKeys(row, local);
  let allPadded = found == 0u;
  // Where all keys are padding they all count alike, with a score of 0.
  let end = select(found, numbers.length, allPadded);`;

export function attention(instruction: Attention): Kernel[] {
  const { reads: from, writes: to, rows, length, heads, headSize, dropout } = instruction;
  const shape = attentionShape(instruction);
  const { element, vectors, tile, invocations, blocks } = shape;
  const source = probabilityDropout(instruction);
  const scale = `${1 / Math.sqrt(headSize)}f`;
  return [
    {
      label: 'attention',
      operands: {
        query: reads(from.query, element),
        key: reads(from.key, element),
        value: reads(from.value, element),
        mask: input(from.attentionMask),
        ...(dropsAny(dropout) ? { scalars: input(from.scalars) } : {}),
        context: writes(to.context, element),
        logSumExp: writes(to.logSumExp),
      },
      numbers: { ...attentionNumbers(instruction), ...source.numbers },
      body: `${source.code}${keyRange(shape)}
${loader('query', instruction, shape, PLACES.query)}
${loader('key', instruction, shape, PLACES.key)}
${loader('value', instruction, shape, PLACES.value)}
${storer('context', instruction, shape, contextPlace(instruction))}
${tileDeclaration('keyTile', shape)}
${tileDeclaration('valueTile', shape)}
var<workgroup> flags: array<u32, ${tile}>;
${MAIN(invocations)}
${locate(shape)}
${RANGE}
  let query = min(own, numbers.length - 1u);
${registers('query', shape, (c) => `loadQuery(firstToken + query, head, ${c}u) * ${scale}`)}
${registers('sum', shape, () => 'vec4<f32>(0.0f)', 'var')}
  var largest = -1e30f;
  var total = 0.0f;
  for (var first = 0u; first < end; first += ${tile}u) {
${fillTile('keyTile', 'loadKey', 'first', shape)}
${fillTile('valueTile', 'loadValue', 'first', shape)}
${FLAGS(shape)}
    workgroupBarrier();
    for (var j = 0u; j < ${tile}u; j += 4u) {
      let kept = ${KEPT};
      if (any(kept)) {
        ${dots('scores', 'query', 'keyTile', shape)}
        scores = select(scores, vec4<f32>(0.0f), vec4<bool>(allPadded));
        let seen = select(vec4<f32>(-1e30f), scores, kept);
        let next = max(largest, max(max(seen.x, seen.y), max(seen.z, seen.w)));
        // exp(-100) adds nothing to a sum of at least 1, and stays a plain number.
        let shrink = exp(max(largest - next, -100.0f)) * f32(total > 0.0f);
        let exponents = select(vec4<f32>(0.0f), exp(max(seen - vec4<f32>(next), vec4<f32>(-100.0f))), kept);
        total = total * shrink + ((exponents.x + exponents.y) + (exponents.z + exponents.w));
        largest = next;
        let weights = exponents * scalesOf((firstOfHead + query) * numbers.length + first + j);
${repeat(vectors, (c) => `        sum${c} *= shrink;`)}
        ${addRows('valueTile', shape)}
      }
    }
    workgroupBarrier();
  }
  if (own < numbers.length) {
    let inverse = 1.0f / total;
${repeat(vectors, (c) => `    storeContext(firstToken + own, head, ${c}u, sum${c} * inverse);`)}
    $logSumExp[firstOfHead + own] = largest + log(total);
  }
}`,
      workgroups: fold(blocks * rows * heads),
      operations: 4 * rows * heads * length * length * headSize,
    },
  ];
}

/** delta = dContext . context for each query, where the next kernel has no binding left for the context. */
function deltaKernel(instruction: AttentionGradient): Kernel {
  const { reads: from, writes: to, rows, length, heads } = instruction;
  const shape = attentionShape(instruction);
  return {
    label: 'attentionGradient delta',
    operands: { context: reads(from.context, shape.element), dContext: reads(from.dContext, shape.element), delta: writes(to.delta) },
    numbers: attentionNumbers(instruction),
    body: `
${loader('context', instruction, shape, contextPlace(instruction))}
${loader('dContext', instruction, shape, contextPlace(instruction))}
${MAIN(shape.invocations)}
${locate(shape)}
  if (own >= numbers.length) { return; }
  $delta[firstOfHead + own] = ${Array.from({ length: shape.vectors }, (_, c) => `dot(loadContext(firstToken + own, head, ${c}u), loadDContext(firstToken + own, head, ${c}u))`).join(' + ')};
}`,
    workgroups: fold(shape.blocks * rows * heads),
    operations: 2 * rows * length * heads * instruction.headSize,
  };
}

/** dQ; and delta, where the context can be bound too. */
function queryKernel(instruction: AttentionGradient, withDelta: boolean): Kernel {
  const { reads: from, writes: to, rows, length, heads, headSize, dropout } = instruction;
  const shape = attentionShape(instruction);
  const { element, vectors, tile, invocations, blocks } = shape;
  const source = probabilityDropout(instruction);
  const scale = `${1 / Math.sqrt(headSize)}f`;
  const context: Operands = withDelta ? { context: reads(from.context, element) } : {};
  const delta = withDelta
    ? `let delta = ${Array.from({ length: vectors }, (_, c) => `dot(loadContext(firstToken + query, head, ${c}u), gradient${c})`).join(' + ')};
  if (own < numbers.length) { $delta[firstOfHead + own] = delta; }`
    : 'let delta = $delta[firstOfHead + query];';
  return {
    label: 'attentionGradient query',
    operands: {
      query: reads(from.query, element),
      key: reads(from.key, element),
      value: reads(from.value, element),
      mask: input(from.attentionMask),
      ...(dropsAny(dropout) ? { scalars: input(from.scalars) } : {}),
      ...context,
      logSumExp: reads(from.logSumExp),
      dContext: reads(from.dContext, element),
      dQuery: writes(to.dQuery, element),
      delta: writes(to.delta),
    },
    numbers: { ...attentionNumbers(instruction), ...source.numbers },
    body: `${source.code}${keyRange(shape)}
${loader('query', instruction, shape, PLACES.query)}
${loader('key', instruction, shape, PLACES.key)}
${loader('value', instruction, shape, PLACES.value)}
${loader('dContext', instruction, shape, contextPlace(instruction))}
${withDelta ? loader('context', instruction, shape, contextPlace(instruction)) : ''}
${storer('dQuery', instruction, shape, PLACES.query)}
${tileDeclaration('keyTile', shape)}
${tileDeclaration('valueTile', shape)}
var<workgroup> flags: array<u32, ${tile}>;
${MAIN(invocations)}
${locate(shape)}
${RANGE}
  let query = min(own, numbers.length - 1u);
${registers('query', shape, (c) => `loadQuery(firstToken + query, head, ${c}u) * ${scale}`)}
${registers('gradient', shape, (c) => `loadDContext(firstToken + query, head, ${c}u)`)}
${registers('sum', shape, () => 'vec4<f32>(0.0f)', 'var')}
  let logSum = $logSumExp[firstOfHead + query];
  ${delta}
  for (var first = 0u; first < end; first += ${tile}u) {
${fillTile('keyTile', 'loadKey', 'first', shape)}
${fillTile('valueTile', 'loadValue', 'first', shape)}
${FLAGS(shape)}
    workgroupBarrier();
    for (var j = 0u; j < ${tile}u; j += 4u) {
      let kept = ${KEPT};
      if (any(kept)) {
        ${dots('scores', 'query', 'keyTile', shape)}
        scores = select(scores, vec4<f32>(0.0f), vec4<bool>(allPadded));
        let probabilities = select(vec4<f32>(0.0f), exp(clamp(scores - vec4<f32>(logSum), vec4<f32>(-100.0f), vec4<f32>(80.0f))), kept);
        ${dots('given', 'gradient', 'valueTile', shape)}
        let scales = scalesOf((firstOfHead + query) * numbers.length + first + j);
        let weights = probabilities * (given * scales - vec4<f32>(delta));
        ${addRows('keyTile', shape)}
      }
    }
    workgroupBarrier();
  }
  if (own < numbers.length) {
${repeat(vectors, (c) => `    storeDQuery(firstToken + own, head, ${c}u, sum${c} * ${scale});`)}
  }
}`,
    workgroups: fold(blocks * rows * heads),
    operations: 6 * rows * heads * length * length * headSize,
  };
}

type KeyPart = 'both' | 'key' | 'value';

/**
 * dK and dV. One workgroup sums either of them (both at once would need more registers than a head of 64 leaves), in
 * one dispatch: workgroup.z says which. `key` and `value` are for tensors too many to bind together.
 */
function keyKernel(instruction: AttentionGradient, part: KeyPart): Kernel {
  const { reads: from, writes: to, rows, length, heads, headSize, dropout } = instruction;
  const shape = attentionShape(instruction);
  const { element, vectors, tile, invocations, blocks } = shape;
  const source = probabilityDropout(instruction);
  const scale = `${1 / Math.sqrt(headSize)}f`;
  const withKey = part !== 'value';
  const withValue = part !== 'key';
  const drops = dropsAny(dropout);
  // Four keys share a Philox block, so the scales of a tile are drawn together and kept as bits, 4 for a block.
  const shared = drops && length % 4 === 0;
  const blocksAcross = invocations / 4;
  const draw = shared
    ? `
    for (var slot = local; slot < ${tile * blocksAcross}u; slot += ${invocations}u) {
      let drawn = scalesOf((firstOfHead + first + slot / ${blocksAcross}u) * numbers.length + own - local + (slot % ${blocksAcross}u) * 4u);
      drawnBits[slot] = dot(vec4<u32>(drawn > vec4<f32>(0.0f)), vec4<u32>(1u, 2u, 4u, 8u));
    }`
    : '';
  const scaleOf = (index: number) => {
    if (!drops) return '1.0f';
    if (!shared) return `maskScale((firstOfHead + first + j + ${index}u) * numbers.length + key)`;
    return `select(0.0f, keptScale, ((drawnBits[(j + ${index}u) * ${blocksAcross}u + local / 4u] >> (local & 3u)) & 1u) == 1u)`;
  };
  const scales = `vec4<f32>(${[0, 1, 2, 3].map(scaleOf).join(', ')})`;
  const valueSum = `let weights = probabilities * scales;
        ${addRows('gradientTile', shape)}`;
  const keySum = `${dots('given', 'value', 'gradientTile', shape)}
        let deltas = vec4<f32>(deltaTile[j], deltaTile[j + 1u], deltaTile[j + 2u], deltaTile[j + 3u]);
        let weights = probabilities * (given * scales - deltas);
        ${addRows('queryTile', shape)}`;
  const operands: Operands = {
    query: reads(from.query, element),
    key: reads(from.key, element),
    ...(withKey ? { value: reads(from.value, element), delta: reads(to.delta) } : {}),
    mask: input(from.attentionMask),
    ...(drops ? { scalars: input(from.scalars) } : {}),
    logSumExp: reads(from.logSumExp),
    dContext: reads(from.dContext, element),
    ...(withKey ? { dKey: writes(to.dKey, element) } : {}),
    ...(withValue ? { dValue: writes(to.dValue, element) } : {}),
  };
  const ofKey = (text: string) => (withKey ? text : '');
  const ofValue = (text: string) => (withValue ? text : '');
  const either = (value: string, key: string) => (part === 'both' ? `if (workgroup.z == 0u) {\n${value}\n} else {\n${key}\n}` : part === 'value' ? value : key);
  const [x, y] = fold(blocks * rows * heads);
  return {
    label: `attentionGradient ${part}`,
    operands,
    numbers: { ...attentionNumbers(instruction), ...source.numbers },
    body: `${source.code}${keyRange(shape)}
${loader('query', instruction, shape, PLACES.query)}
${loader('key', instruction, shape, PLACES.key)}
${ofKey(loader('value', instruction, shape, PLACES.value))}
${loader('dContext', instruction, shape, contextPlace(instruction))}
${ofKey(storer('dKey', instruction, shape, PLACES.key))}
${ofValue(storer('dValue', instruction, shape, PLACES.value))}
${tileDeclaration('queryTile', shape)}
${tileDeclaration('gradientTile', shape)}
var<workgroup> logSumTile: array<f32, ${tile}>;
${ofKey(`var<workgroup> deltaTile: array<f32, ${tile}>;`)}
${shared ? `var<workgroup> drawnBits: array<u32, ${tile * blocksAcross}>;` : ''}
${MAIN(invocations)}
${locate(shape)}
${RANGE}
  let key = min(own, numbers.length - 1u);
  let counts = key < end && (allPadded || mask(firstToken + key) != 0);
  ${shared ? 'let keptScale = select(1.0f, numbers.maskKeep, bitcast<u32>(scalars(2u)) != 0u);' : ''}
${registers('key', shape, (c) => `loadKey(firstToken + key, head, ${c}u) * ${scale}`)}
${ofKey(registers('value', shape, (c) => `loadValue(firstToken + key, head, ${c}u)`))}
${registers('sum', shape, () => 'vec4<f32>(0.0f)', 'var')}
  // A block of nothing but padding has gradients of 0.
  let queries = select(0u, numbers.length, (flat % numbers.blocks) * ${invocations}u < end);
  for (var first = 0u; first < queries; first += ${tile}u) {
${fillTile('queryTile', 'loadQuery', 'first', shape)}
${fillTile('gradientTile', 'loadDContext', 'first', shape)}
    for (var slot = local; slot < ${tile}u; slot += ${invocations}u) {
      let query = first + slot;
      // Past the last query: exp(score - 1e30) is as good as 0, and the rows of the tiles are 0.
      var logSum = 1e30f;
      if (query < numbers.length) { logSum = $logSumExp[firstOfHead + query]; }
      logSumTile[slot] = logSum;
      ${ofKey('var delta = 0.0f;\n      if (query < numbers.length) { delta = $delta[firstOfHead + query]; }\n      deltaTile[slot] = delta;')}
    }${draw}
    workgroupBarrier();
    if (counts) {
      for (var j = 0u; j < ${tile}u; j += 4u) {
        ${dots('scores', 'key', 'queryTile', shape)}
        scores = select(scores, vec4<f32>(0.0f), vec4<bool>(allPadded));
        let logSums = vec4<f32>(logSumTile[j], logSumTile[j + 1u], logSumTile[j + 2u], logSumTile[j + 3u]);
        let probabilities = exp(clamp(scores - logSums, vec4<f32>(-100.0f), vec4<f32>(80.0f)));
        let scales = ${scales};
        ${either(valueSum, keySum)}
      }
    }
    workgroupBarrier();
  }
  if (own < numbers.length) {
    ${either(
      repeat(withValue ? vectors : 0, (c) => `storeDValue(firstToken + own, head, ${c}u, sum${c});`),
      repeat(withKey ? vectors : 0, (c) => `storeDKey(firstToken + own, head, ${c}u, sum${c} * ${scale});`),
    )}
  }
}`,
    workgroups: [x, y, part === 'both' ? 2 : 1],
    operations: (part === 'both' ? 10 : 5) * rows * heads * length * length * headSize,
  };
}

/** Two dispatches where queries, keys and values share a tensor; up to four where they do not and bindings run out. */
export function attentionGradient(instruction: AttentionGradient, context: KernelContext): Kernel[] {
  const { reads: from, writes: to } = instruction;
  const common = [from.query, from.key, from.value, from.attentionMask, from.scalars, from.logSumExp, from.dContext, to.delta];
  const withDelta = distinct([...common, from.context, to.dQuery], context) <= context.maxStorageBuffers;
  const together = distinct([...common, to.dKey, to.dValue], context) <= context.maxStorageBuffers;
  return [
    ...(withDelta ? [] : [deltaKernel(instruction)]),
    queryKernel(instruction, withDelta),
    ...(together ? [keyKernel(instruction, 'both')] : [keyKernel(instruction, 'value'), keyKernel(instruction, 'key')]),
  ];
}
