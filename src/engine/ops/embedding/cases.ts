/** Cases of the embedding and the gradients of its tables: slices of a table, repeated ids, rows nobody names. */
import type { DropoutSpec } from '../../plan/tensor';
import type { InstructionCase } from '../../check/runner';
import { CaseBuilder, SeededNumbers, type ScalarValues } from '../caseBuilder';

interface Table {
  tokens: number;
  hidden: number;
  /** Of the whole table, which ids index. */
  vocabulary: number;
  /** The slice at hand; the whole table where left out. */
  firstRow?: number;
  tableRows?: number;
}

function randomTables(count: number, seed: number): Table[] {
  const numbers = new SeededNumbers(seed);
  return Array.from({ length: count }, () => {
    const vocabulary = numbers.integer(1, 60);
    const firstRow = numbers.integer(0, vocabulary - 1);
    return { tokens: numbers.integer(1, 90), hidden: numbers.integer(1, 90), vocabulary, firstRow, tableRows: numbers.integer(1, vocabulary - firstRow) };
  });
}

const TABLES: readonly Table[] = [
  { tokens: 1, hidden: 1, vocabulary: 1 },
  { tokens: 7, hidden: 5, vocabulary: 11 },
  { tokens: 64, hidden: 64, vocabulary: 100 },
  { tokens: 33, hidden: 384, vocabulary: 50 },
  { tokens: 33, hidden: 384, vocabulary: 3 },
  // Two slices of one table, and one that no id falls into.
  { tokens: 40, hidden: 63, vocabulary: 90, firstRow: 0, tableRows: 41 },
  { tokens: 40, hidden: 63, vocabulary: 90, firstRow: 41, tableRows: 49 },
  { tokens: 5, hidden: 8, vocabulary: 20, firstRow: 100, tableRows: 10 },
  // One id only, as in a batch of padding.
  { tokens: 130, hidden: 65, vocabulary: 1 },
  ...randomTables(5, 7),
];

const named = ({ tokens, hidden, vocabulary, firstRow = 0, tableRows = vocabulary }: Table) =>
  `${tokens} of ${vocabulary} ids, ${hidden} wide, rows ${firstRow} to ${firstRow + tableRows}`;

function gatherCase(table: Table, frozen: boolean): InstructionCase {
  const { tokens, hidden, vocabulary, firstRow = 0, tableRows = vocabulary } = table;
  const build = new CaseBuilder(named(table) + (frozen ? ', frozen' : ''));
  const ids = build.integers('inputIds', [tokens], build.numbers.integers(tokens, 0, vocabulary - 1));
  const rows = build.random('table', [tableRows, hidden], frozen ? 'frozen' : 'parameters');
  // Rows of other slices are left alone, so what they hold has to be comparable.
  const output = build.random('output', [tokens, hidden]);
  return build.build({ kind: 'gatherRows', reads: { table: rows, ids }, writes: { output }, tokens, hidden, firstRow, tableRows });
}

export function gatherRowsCases(): InstructionCase[] {
  return TABLES.map((table, index) => gatherCase(table, index % 3 === 2));
}

/** What the host uploads for `tableGradient`: see op.ts. */
export function sortedTokens(ids: Float64Array): { order: Float64Array; segmentIds: Float64Array; segmentOffsets: Float64Array; segments: number } {
  const idOf = (token: number) => ids[token] ?? NaN;
  const order = Array.from(ids, (_, token) => token).sort((left, right) => idOf(left) - idOf(right) || left - right);
  const starts = order.flatMap((token, place) => (place === 0 || idOf(token) !== idOf(order[place - 1] ?? -1) ? [place] : []));
  // Behind the last segment lies what a kernel must not use.
  const segmentIds = new Float64Array(ids.length);
  const segmentOffsets = new Float64Array(ids.length + 1);
  starts.forEach((start, segment) => {
    segmentIds[segment] = idOf(order[start] ?? -1);
    segmentOffsets[segment] = start;
  });
  segmentOffsets[starts.length] = ids.length;
  return { order: Float64Array.from(order), segmentIds, segmentOffsets, segments: starts.length };
}

function tableGradientCase(table: Table, accumulate: boolean): InstructionCase {
  const { tokens, hidden, vocabulary, firstRow = 0, tableRows = vocabulary } = table;
  const build = new CaseBuilder(named(table) + (accumulate ? ', added' : ''));
  const sorted = sortedTokens(build.numbers.integers(tokens, 0, vocabulary - 1));
  const scalars = build.scalars({ segments: sorted.segments });
  const order = build.integers('order', [tokens], sorted.order);
  const segmentIds = build.integers('segmentIds', [tokens], sorted.segmentIds);
  const segmentOffsets = build.integers('segmentOffsets', [tokens + 1], sorted.segmentOffsets);
  const dSum = build.random('dSum', [tokens, hidden]);
  // Rows of ids that do not occur stay as they are.
  const gradient = build.random('gradient', [tableRows, hidden], 'gradients');
  return build.build({
    kind: 'tableGradient',
    reads: { dSum, order, segmentIds, segmentOffsets, scalars },
    writes: { gradient },
    tokens, hidden, firstRow, tableRows, accumulate,
  });
}

export function tableGradientCases(): InstructionCase[] {
  return TABLES.flatMap((table, index) => (index < 6 ? [true, false] : [index % 2 === 0]).map((accumulate) => tableGradientCase(table, accumulate)));
}

interface NormSizes {
  rows: number;
  length: number;
  hidden: number;
}

interface NormVariant {
  dropout?: number;
  types?: boolean;
  scalars?: ScalarValues;
  epsilon?: number;
}

function normCase({ rows, length, hidden }: NormSizes, { dropout: probability = 0, types = true, scalars = {}, epsilon = 1e-12 }: NormVariant = {}): InstructionCase {
  const tokens = rows * length;
  const enabled = scalars.dropoutEnabled === 0 ? ' off' : '';
  const build = new CaseBuilder(`${rows} x ${length} x ${hidden}${types ? '' : ', no types'}${probability > 0 ? `, dropout ${probability} from row ${scalars.rowOffset ?? 0}${enabled}` : ''}`);
  const step = build.scalars(scalars);
  const tokenTypeIds = build.integers('tokenTypeIds', [tokens], build.numbers.integers(tokens, 0, types ? 1 : 0));
  const sum = build.random('sum', [tokens, hidden]);
  const positionTable = build.random('positionTable', [length + 3, hidden], 'parameters');
  const tokenTypeTable = types ? build.random('tokenTypeTable', [2, hidden], 'parameters') : null;
  const weight = build.tensor('weight', [hidden], 'parameters', build.numbers.normal(hidden, 0.3, 1));
  const bias = build.random('bias', [hidden], 'parameters');
  const output = build.output('output', [tokens, hidden]);
  const statistics = build.output('statistics', [tokens, 2]);
  const dropout: DropoutSpec | null = probability > 0 ? { probability, node: 0, elementsPerRow: length * hidden } : null;
  return build.build({
    kind: 'embeddingNorm',
    reads: { sum, positionTable, tokenTypeTable, tokenTypeIds, weight, bias, scalars: step },
    writes: { sum, output, statistics },
    tokens, length, hidden, epsilon, dropout,
  });
}

function normSizes(): NormSizes[] {
  const numbers = new SeededNumbers(8);
  const fixed = [[1, 1, 1], [1, 7, 5], [3, 7, 64], [2, 16, 65], [1, 33, 384], [4, 7, 384], [2, 5, 63], [1, 128, 32], [1, 2, 1536]] as const;
  return [
    ...fixed.map(([rows, length, hidden]) => ({ rows, length, hidden })),
    ...Array.from({ length: 5 }, () => ({ rows: numbers.integer(1, 4), length: numbers.integer(1, 12), hidden: numbers.integer(2, 130) })),
  ];
}

export function embeddingNormCases(): InstructionCase[] {
  const usual = { rows: 3, length: 5, hidden: 63 };
  return [
    ...normSizes().map((sizes, index) => normCase(sizes, { dropout: index % 2 === 0 ? 0 : 0.1, types: index % 3 !== 2 })),
    normCase(usual, { dropout: 0.5, scalars: { rowOffset: 3 } }),
    normCase(usual, { dropout: 0.5, scalars: { dropoutEnabled: 0 } }),
    normCase(usual, { epsilon: 1e-5 }),
  ];
}

export function positionGradientCases(): InstructionCase[] {
  return normSizes().map(({ rows, length, hidden }, index) => {
    const accumulate = index % 2 === 1;
    const tableRows = length + (index % 3) * 5;
    const build = new CaseBuilder(`${rows} x ${length} x ${hidden}, table of ${tableRows}${accumulate ? ', added' : ''}`);
    const dSum = build.random('dSum', [rows * length, hidden]);
    const gradient = build.target('gradient', [tableRows, hidden], accumulate);
    return build.build({ kind: 'positionGradient', reads: { dSum }, writes: { gradient }, rows, length, hidden, tableRows, accumulate });
  });
}

export function tokenTypeGradientCases(): InstructionCase[] {
  return normSizes().map(({ rows, length, hidden }, index) => {
    const accumulate = index % 2 === 0;
    const tokens = rows * length;
    const tableRows = (index % 3) + 1;
    // Type 1 does not occur in some: its gradient is 0, not what was there.
    const largest = index % 4 === 3 ? 0 : tableRows - 1;
    const build = new CaseBuilder(`${tokens} x ${hidden}, ${largest + 1} of ${tableRows} types${accumulate ? ', added' : ''}`);
    const tokenTypeIds = build.integers('tokenTypeIds', [tokens], build.numbers.integers(tokens, 0, largest));
    const dSum = build.random('dSum', [tokens, hidden]);
    const gradient = build.target('gradient', [tableRows, hidden], accumulate);
    return build.build({ kind: 'tokenTypeGradient', reads: { dSum, tokenTypeIds }, writes: { gradient }, tokens, hidden, tableRows, accumulate });
  });
}
