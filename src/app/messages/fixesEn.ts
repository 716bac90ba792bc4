/** Words about fixing labels and about likely wrong ones, in English; `fixesZh.ts` has the same keys. */
import { formatFor } from '../format';
import { count } from './countEn';

const { number, percent, duration } = formatFor('en');

export const fixesEn = {
  change: 'Change',
  changeOf: (row: number) => `Change the label of row ${number(row)}`,
  labelOf: (row: number) => `Label of row ${number(row)}`,
  heading: 'Label',
  labels: 'Labels',
  newLabel: 'New label …',
  newName: 'Name of the new label',
  add: 'Add',
  use: 'Use it',
  done: 'Done',
  noLabel: 'no label',
  changed: 'changed',
  inFile: (label: string) => `In the file: ${label}`,
  undo: 'Undo',
  undoOf: (row: number) => `Undo the change in row ${number(row)}`,
  notNumber: 'This is no number.',
  empty: 'Please write a label.',
  fixedColumns: 'Each label has a column of its own in this file; a new one cannot be added here.',
  unreadable: 'The label of this row cannot be changed here: its words and tags do not pair, or stand in another form.',
  tagOf: (word: string) => `Tag of “${word}”`,
  bar: {
    changed: (rows: number) => `${count(rows, 'label')} changed`,
    note: 'Your file stays as it is; the changes are kept in the recipe.',
    undoLast: 'Undo last',
    undoAll: 'Undo all',
    missing: (changes: number) => `${count(changes, 'change belongs', 'changes belong')} to rows that are not in these files.`,
  },
  older: {
    heading: 'This report is older than your data.',
    note: 'Train again to see what the changes do.',
  },
  suspects: {
    heading: 'Likely wrong labels',
    why: 'Rows whose text looks like those of another label, found by comparing each row with the others.',
    look: (seconds: number | null) => (seconds === null ? 'Look for likely wrong labels' : `Look for likely wrong labels (about ${duration(seconds)})`),
    looking: 'Looking for likely wrong labels …',
    share: (share: number) => percent(share),
    found: (found: number, looked: number) =>
      `${number(found)} of ${count(looked, 'row')} ${found === 1 ? 'looks' : 'look'} as if another label were right. Some of them will be right as they are.`,
    none: (looked: number) => `None of ${count(looked, 'row')} looks as if another label were right.`,
    sample: (looked: number, of: number) => `${number(looked)} of ${count(of, 'row')} were looked at.`,
    show: 'Show rows',
    again: 'Look again',
    shownOf: (shown: number, found: number) => `The likeliest ${number(shown)} of ${count(found, 'row')}.`,
    order: 'The likeliest first.',
    suggested: 'Looks like',
    confidence: 'Sure',
    useThis: (label: string) => `Use “${label}”`,
    useThisOf: (label: string, row: number) => `Use “${label}” for row ${number(row)}`,
  },
};

export type FixMessages = typeof fixesEn;
