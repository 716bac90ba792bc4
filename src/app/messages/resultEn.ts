/** Words of the Result place, in English; `resultZh.ts` has the same keys. */
import { formatFor } from '../format';
import { count, rows, timesInHundred } from './countEn';

const { number, list } = formatFor('en');

export const resultEn = {
  place: 'Result',
  empty: 'After training: how often it is right, on rows it never saw.',
  right: (right: number, total: number) =>
    total <= 200 ? `Right ${count(right, 'time')} in ${number(total)}.` : `Right ${timesInHundred(right / total)}.`,
  baseline: (label: string, right: number, total: number) =>
    total <= 200
      ? `Always answering “${label}” would be right ${count(right, 'time')}.`
      : `Always answering “${label}” would be right ${timesInHundred(right / total)}.`,
  interval: (total: number, low: number, high: number) =>
    total < 100
      ? `With so few test rows, expect ${number(low * 100)} to ${number(high * 100)} right in 100.`
      : `On new rows expect ${number(low * 100)} to ${number(high * 100)} right in 100.`,
  noBetter: 'That is no better.',
  metrics: {
    accuracy: 'Accuracy', macroF1: 'Macro F1', microF1: 'Micro F1', sampleF1: 'Sample F1', exactMatch: 'Rows all right', threshold: 'Threshold', loss: 'Test loss',
    meanSquaredError: 'Mean squared error', meanAbsoluteError: 'Mean absolute error', r2: 'R²', pearson: 'Pearson', spearman: 'Spearman',
    precision: 'Precision', recall: 'Recall', f1: 'F1 of entities', tokenAccuracy: 'Words right',
  },
  metricNotes: {
    macroF1: 'The mean of F1 over labels, each counting the same.',
    microF1: 'F1 over all labels of all rows together.',
    sampleF1: 'The mean of the rows’ own F1.',
    threshold: 'A label is given where its score is at least this. Chosen on the rows to steer by.',
    r2: 'How much of the spread is explained: 1 is all of it, 0 none.',
    pearson: 'How well answers and truth lie on one line: 1 is perfectly.',
    spearman: 'How well answers and truth are in the same order: 1 is perfectly.',
    f1: 'An entity counts where its type and both ends are right.',
    loss: 'What training makes small. To compare runs, not to read.',
  },
  between: (low: string, high: string) => `${low} to ${high}`,
  intervalNote: 'Behind a figure, its 95 % interval: how far chance moves it on as many other rows.',
  testRows: 'Test rows',
  perLabel: 'Per label',
  label: 'Label',
  precision: 'Precision',
  recall: 'Recall',
  f1: 'F1',
  support: 'Rows',
  blank: 'no figure',
  perLabelNote: 'Precision: of the answers with this label, how many are right. Recall: of the rows with this label, how many are found.',
  confusion: 'What was taken for what',
  confusionNote: 'Down: the label in the file. Across: the answer.',
  showMatrix: 'Show the whole table',
  hideMatrix: 'Hide the whole table',
  noMatrix: 'Too many labels for a table; the commonest mix-ups are above.',
  cell: (label: string, answer: string, total: number) =>
    label === answer ? `${label}, right: ${rows(total)}` : `${label} taken for ${answer}: ${rows(total)}`,
  worstPairs: 'Commonest mix-ups',
  pair: (label: string, answer: string) => `${label} taken for ${answer}`,
  noWrong: 'No test row was answered wrongly.',
  wrong: 'Surest of a wrong answer',
  seeWrong: (total: number) => `See all ${rows(total)}`,
  text: 'Text',
  answer: 'Answer',
  score: 'Score',
  row: 'Row',
  rowsHeading: (label: string, answer: string) => (label === answer ? `${label}, right` : `${label} taken for ${answer}`),
  answered: (truth: string, answer: string, score: string) => `${truth}, answered ${answer}${score === '' ? '' : ` (${score})`}`,
  inFile: 'In the file',
  noRows: 'No test row is like this.',
  shownOf: (shown: number, total: number) => `${number(shown)} of ${number(total)}`,
  csv: 'Download test predictions (CSV)',
  csvGuarded: (total: number) =>
    `${count(total, 'text cell begins', 'text cells begin')} like a formula; an apostrophe is put before ${total === 1 ? 'it' : 'them'} so that a spreadsheet shows ${total === 1 ? 'it' : 'them'} as text.`,
  csvGuard: 'Put apostrophes',
  tryIt: 'Try it',
  tryPlaceholder: 'Write a text',
  tryWait: 'Free again when the run is over.',
  tryTuned: 'trained',
  tryBase: 'before',
  tryNote: 'Before: the same model untrained.',
  tryScores: 'Scores',
  tryTrained: 'Trained',
  tryBefore: 'Before',
  tryCut: (tokens: number, cut: number) => `${number(tokens)} tokens; the last ${number(cut)} stay unread.`,
  download: 'Download the model',
  downloadAgain: 'Save again',
  downloading: 'Making the download',
  packed: (total: number, difference: number) =>
    `Ready, checked on all ${count(total, 'test row')} (largest difference ${difference === 0 ? '0' : difference.toExponential(1)}).`,
  opens: 'Opens in PyTorch with these lines:',
  opensShort: (total: number) => `Opens in PyTorch. First it is read back and checked on all ${count(total, 'test row')}.`,
  copyLines: 'Copy the lines',
  pytorch: 'PyTorch',
  noWeights: 'The weights of this run are no longer on this device. Train again to have them.',
  unseen: (labels: string[]) => `Not in the test rows, so without figures: ${list(labels)}.`,
};
