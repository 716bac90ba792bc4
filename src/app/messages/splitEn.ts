/** Words of how rows are parted, in English; `splitZh.ts` has the same keys. */
import type { DateOrder, Side, SplitBy } from '../../domain';
import { formatFor } from '../format';
import { count } from './countEn';

const { number, list } = formatFor('en');

export type SplitKind = 'labels' | SplitBy['kind'];

const sides: Record<Side, string> = { train: 'to learn from', validation: 'to steer by', test: 'to test on' };

export const splitEn = {
  heading: 'Split',
  way: 'Part them',
  kinds: {
    labels: 'At random, labels alike',
    group: 'By group',
    time: 'By time',
    side: 'As a column says',
  } satisfies Record<SplitKind, string>,
  explained: {
    labels: 'At random; each side has its share of every label, and copies of a text stay together.',
    group: 'Rows with the same value, such as one person’s or one document’s, stay together, so that the test has groups the model never saw.',
    time: 'The latest rows are the test and those before them steer, as it is when a model is used on what comes next.',
    side: 'The column names the side of each row (train, validation, test). Nothing is moved.',
  } satisfies Record<SplitKind, string>,
  column: 'Column that decides',
  chooseColumn: 'Choose a column',
  proposed: (column: string) => `Column “${column}” names a side for each row.`,
  useIt: 'Part the rows by it',
  dateOrder: 'Dates read as',
  dateOrders: { 'day-month': 'day, month, year', 'month-day': 'month, day, year' } satisfies Record<DateOrder, string>,
  ambiguous: 'No date in this column tells whether day or month comes first.',
  groups: (groups: Record<Side, number>) =>
    `${count(groups.train, 'group')} to learn from, ${number(groups.validation)} to steer by${groups.test > 0 ? `, ${number(groups.test)} to test on` : ''}.`,
  from: (validation: string | null, test: string | null) =>
    [validation && `Rows to steer by begin on ${validation}`, test && `${validation ? 'rows' : 'Rows'} to test on begin on ${test}`].filter(Boolean).join(', ') + '.',
  splitOff: (own: readonly Side[]) => `The column names no rows ${list(own.map((side) => sides[side]))}; they are taken from the rows to learn from.`,
  copies: (rows: number) => `${count(rows, 'row')} set aside: ${rows === 1 ? 'its text is' : 'their texts are'} among the rows to learn from or steer by already.`,
  withoutLeaks: (leaked: number, total: number, figures: readonly string[]) =>
    `${number(leaked)} of ${count(total, 'test row')} ${leaked === 1 ? 'repeats a text' : 'repeat texts'} it learnt from, which flatters. ${figures.length === 0 ? 'No other row is left to tell.' : `On the others: ${list(figures)}.`}`,
  reasons: {
    'empty-group': 'without a group',
    'unreadable-time': 'with a time that cannot be read',
    'unknown-side': 'of which the column names no side',
    'other-test': 'named as test rows, though there is a test file',
    'too-long': 'with a text longer than what is read',
    outlier: 'with a number far off the others',
    'copy-elsewhere': 'with a text that is on an earlier side',
  },
};

export type SplitMessages = typeof splitEn;
