import { expect, it } from 'vitest';
import { guessTask, prepareDataset } from '../../data';
import { parseRecipe, type Table, type TableColumn } from '../../domain';
import { defaultRecipe } from '../../training';
import { textPairMultiLabelClassification as task } from '.';

const ROWS = 30;
const column = (name: string, cell: (row: number) => string): TableColumn => ({ name, cells: Array.from({ length: ROWS }, (_, row) => cell(row)) });
const mark = (every: number) => (row: number) => (row % every === 0 ? '1' : '0');
const table: Table = {
  fileName: 'pairs.csv', fileBytes: 1000, dialect: { encoding: 'utf-8', delimiter: ',', hasHeader: true },
  columns: [column('question', (row) => `question ${row}`), column('answer', (row) => `answer ${row}`), column('polite', mark(2)), column('right', mark(3)), column('short', mark(5))],
  rowNumbers: Uint32Array.from({ length: ROWS }, (_, row) => row + 2), rowsInFile: ROWS, setAside: [], notices: [],
} as unknown as Table;

it('two texts and columns of 0 and 1 are guessed, read and reported like any other labels', async () => {
  const guess = guessTask(table);
  expect(guess).toMatchObject({ task: task.id, textColumn: 'question', textPairColumn: 'answer', labelColumns: ['polite', 'right', 'short'] });
  const { textColumn, textPairColumn, labelColumns, labelColumn } = guess;
  const recipe = parseRecipe(defaultRecipe({ textColumn: textColumn ?? '', labelColumn: labelColumn ?? '', textPairColumn, labelColumns, task: guess.task, rows: ROWS, labels: 3, baseModel: 'any' }));
  const dataset = await prepareDataset(table, recipe);
  expect(dataset.labels).toEqual(['polite', 'right', 'short']);
  const rows = [...dataset.train, ...dataset.validation, ...dataset.test];
  expect(rows).toHaveLength(ROWS);
  expect(rows.find(({ row }) => row === 17)).toMatchObject({ text: 'question 15', textPair: 'answer 15', target: { kind: 'labels', labels: [1, 2] } });

  const side = (examples: typeof rows) => ({ examples, rows: [], logits: examples.map(() => [1, -1, -1]) });
  const report = task.report({ facts: dataset, test: side(dataset.test), training: dataset.train, validation: side(dataset.validation) });
  expect(report).toMatchObject({ kind: 'labels', task: task.id, predictions: dataset.test.map(({ textPair }) => ({ textPair })) });
});
