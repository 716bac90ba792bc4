/** Words of the reports beyond single labels, in English; `reportsZh.ts` has the same keys. */
import { formatFor } from '../format';
import { count, timesInHundred } from './countEn';

const { number } = formatFor('en');
const inHundred = (share: number) => number(share * 100);

export const reportsEn = {
  /** Opening a label's or type's rows. */
  labelRows: (name: string) => ({ title: name, note: 'Rows that have it or were answered with it, the wrong ones first.' }),
  seeRowsOf: (name: string) => `See the rows of ${name}`,
  openNote: 'A name opens its rows.',
  difference: 'Difference',

  everyLabelRight: (right: number, total: number) =>
    total <= 200 ? `Every label right ${count(right, 'time')} in ${number(total)}.` : `Every label right ${timesInHundred(right / total)}.`,
  labelsFound: (recall: number) => `It finds ${inHundred(recall)} in 100 of the labels in the file.`,
  answersRight: (precision: number) => `Of the labels it gives, ${inHundred(precision)} in 100 are right.`,
  noLabel: 'no label',
  allRight: 'all right',
  missedExtra: (missed: number, extra: number) =>
    [...(missed > 0 ? [`${number(missed)} missed`] : []), ...(extra > 0 ? [`${number(extra)} too many`] : [])].join(', '),
  mostLabelsWrong: 'Most labels wrong',

  offBy: (size: string) => `Off by ${size} on average.`,
  meanOffBy: (mean: string, size: string) => `Always answering the mean, ${mean}, is off by ${size}.`,
  offInterval: (low: string, high: string) => `On new rows expect ${low} to ${high}.`,
  farthestOff: 'Farthest off',

  spansFound: (found: number, total: number) =>
    total <= 200 ? `Finds ${number(found)} of ${count(total, 'entity', 'entities')}, whole and right.` : `Finds ${inHundred(found / total)} in 100 entities, whole and right.`,
  spansRight: (precision: number) => `Of those it marks, ${inHundred(precision)} in 100 are right.`,
  marksNothing: 'It marks nothing.',
  tagBaseline: (tag: string, share: number, marksNone: boolean) =>
    marksNone
      ? `Always answering “${tag}” finds none, though it is right for ${inHundred(share)} in 100 words.`
      : `Always answering “${tag}” is right for ${inHundred(share)} in 100 words.`,
  expectSpans: (low: number, high: number) => `On new rows expect ${inHundred(low)} to ${inHundred(high)} in 100.`,
  expectWords: (low: number, high: number) => `On new rows expect ${inHundred(low)} to ${inHundred(high)} in 100.`,
  wordsRight: (share: number) => `Right tag for ${inHundred(share)} in 100 words.`,
  wholeAndRight: 'Whole and right',
  rightOf: (right: number, total: number) => `${number(right)} of ${number(total)}`,
  noSpan: 'none',
  mostSpansWrong: 'Most entities wrong',
  perType: {
    title: 'Per type',
    label: 'Type',
    support: 'Entities',
    note: 'An entity counts where its type and both ends are right. Precision: of those found, how many are right. Recall: of those in the file, how many are found.',
  },
  firstText: 'First text',
  secondText: 'Second text',
  given: 'given',
  givenFrom: (threshold: string) => `A label is given from ${threshold} on.`,
  beforeTraining: (value: string) => `Before training: ${value}.`,
  nothingFound: 'It finds nothing here.',

  texts: 'Texts',
  ofType: 'Type',
  anyType: 'any',
  onlyWrong: 'Only with something wrong',
  textsShown: (shown: number, total: number) => `${count(shown, 'text')} of ${number(total)}.`,
  nothingWrong: (total: number) => `Nothing is wrong in ${count(total, 'text')}.`,
  legend: 'Underlined: marked in the file. Shaded: found.',
  spans: {
    found: (_truth: string, found: string) => found,
    right: (truth: string, _found: string) => truth,
    missed: (truth: string, _found: string) => `${truth}, missed`,
    extra: (_truth: string, found: string) => `${found}, not in the file`,
    differs: (truth: string, found: string) => (truth === found ? `${truth}, other ends` : `${truth}, found ${found}`),
  },
};
