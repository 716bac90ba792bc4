/** The check passes on a device that is right, and names the kernel and the size of one that is not. */
import { cpus, loadavg } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InstructionKind } from '../plan/instruction';
import { UNLIMITED } from '../plan/memory';
import type { Plan, UpdatePlan } from '../plan/plan';
import type { TensorId } from '../plan/tensor';
import { planUpdate } from '../plan/update';
import { layoutFor } from '../plan/compile';
import type { Graph } from '../graph/graph';
import { allNames, graphOf, planOf } from '../testing/planned';
import { WasmInstructionRunner } from '../backends/wasm/runner';
import { startEngine } from '../backends/wasm/start';
import { nodeHelper, readModule } from '../backends/wasm/testing/node';
import { KINDS } from '../ops/cases';
import { toleranceOf, writtenOperands } from './compare';
import { distinctInstructions, sizeOf } from './distinct';
import type { InstructionCase, InstructionRunner } from './runner';
import { selfCheck, type CheckResult } from './selfCheck';

const now = () => performance.now();
const options = { seed: 42, now, limitMilliseconds: 60_000 };

function plansOf(graph: Graph, rows: number, length: number): (Plan | UpdatePlan)[] {
  return [planOf(graph, rows, length), planOf(graph, rows, length, { purpose: 'predict' }), planUpdate(layoutFor(graph, allNames(graph), UNLIMITED))];
}

const minilm = graphOf('public/models/all-MiniLM-L6-v2', 6);
const bert = graphOf('parity/golden/tiny-bert', 5);
const pooled: Graph = { ...bert, nodes: bert.nodes.map((node) => (node.op === 'firstToken' ? { ...node, op: 'meanPool' } : node)) };
const distilbert = graphOf('parity/golden/tiny-distilbert', 5);

/** Every kind at small sizes, two of each where there are two losses or forms. */
const small: (Plan | UpdatePlan)[] = [
  ...plansOf(bert, 4, 16),
  planOf(bert, 4, 16, { accumulate: true }),
  planOf({ ...pooled, loss: 'binaryCrossEntropy' }, 4, 16),
  planOf({ ...distilbert, loss: 'meanSquaredError' }, 4, 16),
];
const large = plansOf(minilm, 8, 32);

let wasm: WasmInstructionRunner;
beforeAll(async () => {
  wasm = new WasmInstructionRunner(await startEngine({ load: readModule, helperFactory: nodeHelper, threads: 2 }));
});
afterAll(() => wasm.dispose());

type Spoil = (values: Float64Array, testCase: InstructionCase, id: TensorId) => Float64Array;

/** A device that is right but for one kind (and, where given, one size). */
function faulty(kind: InstructionKind, spoil: Spoil, where: (testCase: InstructionCase) => boolean = () => true): InstructionRunner {
  return {
    name: 'faulty',
    dispose: () => undefined,
    run: async (testCase) => {
      const results = await wasm.run(testCase);
      if (testCase.instruction.kind !== kind || !where(testCase)) return results;
      const [first] = writtenOperands(testCase.instruction).filter(([operand]) => toleranceOf(kind, operand) !== 'room');
      return new Map([...results].map(([id, values]) => [id, id === first?.[1] ? spoil(values, testCase, id) : values]));
    },
  };
}

const scaled: Spoil = (values, { instruction }) => values.map((value) => (instruction.kind === 'clear' ? value + 0.01 : value * 1.01));
const zeros: Spoil = (values) => values.map(() => 0);
const notANumber: Spoil = (values) => values.map(() => NaN);
const untouched: Spoil = (values, { data }, id) => data.get(id) ?? values;

/** Rows and columns 64 to 127 of a matrix that is large enough; an eighth of what is smaller. */
const oneTile: Spoil = (values, { tensors }, id) => {
  const width = tensors[id]?.shape.at(-1) ?? 1;
  const rows = values.length / width;
  const eighth = (index: number, count: number) => index >= Math.floor((count * 3) / 8) && index <= Math.floor(count / 2);
  const inside = (index: number, count: number) => (count >= 128 && count < 4096 ? index >= 64 && index < 128 : eighth(index, count));
  return values.map((value, index) => (inside(Math.floor(index / width), rows) && inside(index % width, width) ? value + 0.05 : value));
};

/** Of these even few samples have some of every tile. */
const PRODUCTS: readonly InstructionKind[] = ['linear', 'linearInputGradient', 'linearWeightGradient', 'attention', 'attentionGradient'];

const kindsIn = (plans: readonly (Plan | UpdatePlan)[]) => [...new Set(distinctInstructions(plans).map(({ instruction }) => instruction.kind))];

/** CPU time too: on a busy machine the other says little. It counts both threads of the engine and the compiler's. */
async function measured(name: string, plans: readonly (Plan | UpdatePlan)[], limitMilliseconds = options.limitMilliseconds): Promise<CheckResult> {
  const before = process.cpuUsage();
  const result = await selfCheck(plans, wasm, { ...options, limitMilliseconds });
  const { user, system } = process.cpuUsage(before);
  const { checked, sampled, milliseconds } = result;
  console.log(`check of ${name}: ${checked} kernels (${sampled} with fewer samples) in ${Math.round(milliseconds)} ms, ${Math.round((user + system) / 1000)} ms of CPU; load ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
  return result;
}

describe('a device that is right', () => {
  it('passes at small sizes, with every kind', async () => {
    const result = await measured('every kind', small);
    expect(result).toMatchObject({ wrong: null, sampled: 0, checked: distinctInstructions(small).length });
    expect(kindsIn(small).toSorted()).toEqual([...KINDS].sort());
  });

  it.each([[8, 32], [16, 128], [4, 512]])('passes for MiniLM at %i x %i', async (rows, length) => {
    const result = await measured(`MiniLM ${rows} x ${length}`, plansOf(minilm, rows, length));
    expect(result.wrong).toBeNull();
  });

  it('passes whatever the seed', async () => {
    for (let seed = 0; seed < 20; seed++) expect((await selfCheck(small, wasm, { ...options, seed })).wrong).toBeNull();
  });

  it('checks all with fewer samples when the time is up, and says so', async () => {
    const result = await measured('MiniLM 8 x 32, late', large, -1);
    expect(result).toMatchObject({ wrong: null, checked: distinctInstructions(large).length, sampled: distinctInstructions(large).length });
  });
});

describe.each(KINDS)('a device that is wrong in %s', (kind) => {
  const wholeFaults: [string, Spoil][] = [['scales it', scaled], ['gives zeros', zeros], ['gives NaN', notANumber], ['does nothing', untouched]];
  // Zeros are what it should give.
  const faults = wholeFaults.filter(([name]) => kind !== 'clear' || name !== 'gives zeros');

  it.each(faults)('%s', async (_, spoil) => {
    const { wrong } = await selfCheck(small, faulty(kind, spoil), options);
    expect(wrong?.kernel).toBe(kind);
    expect(distinctInstructions(small).filter(({ instruction }) => instruction.kind === kind).map(({ instruction }) => sizeOf(instruction))).toContain(wrong?.size);
    expect(wrong?.difference).toBeGreaterThan(wrong?.allowed ?? Infinity);
  });

  it('errs at one size only', async () => {
    const sizes = [...new Set(distinctInstructions(small).filter(({ instruction }) => instruction.kind === kind).map(({ instruction }) => sizeOf(instruction)))];
    const last = sizes.at(-1) ?? '';
    const { wrong } = await selfCheck(small, faulty(kind, scaled, ({ name }) => name === `${kind} ${last}`), options);
    expect(wrong).toMatchObject({ kernel: kind, size: last });
  });

  it.runIf(kindsIn(large).includes(kind))('errs in one tile', async () => {
    const { wrong } = await selfCheck(large, faulty(kind, oneTile), options);
    expect(wrong?.kernel).toBe(kind);
  });

  it.runIf(kindsIn(large).includes(kind))('scales it, when the time is up', async () => {
    const { wrong } = await selfCheck(large, faulty(kind, scaled), { ...options, limitMilliseconds: -1 });
    expect(wrong?.kernel).toBe(kind);
  });

  it.runIf(PRODUCTS.includes(kind))('errs in one tile, when the time is up', async () => {
    const { wrong } = await selfCheck(large, faulty(kind, oneTile), { ...options, limitMilliseconds: -1 });
    expect(wrong?.kernel).toBe(kind);
  });
});
