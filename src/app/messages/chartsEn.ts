/** Words of the report's charts, in English; `chartsZh.ts` has the same keys. */
import { formatFor } from '../format';
import { count, timesInHundred } from './countEn';

const { number } = formatFor('en');

export const chartsEn = {
  asTable: 'Show as table',
  asChart: 'Show as chart',

  calibration: 'Can its scores be believed?',
  /** By kind of report: what a score is of. */
  calibrationSays: {
    class: (says: string, right: number) => `When it says about ${says}, it is right ${timesInHundred(right)}.`,
    labels: (says: string, right: number) => `When it gives a label about ${says}, a row has it ${timesInHundred(right)}.`,
    tokens: (says: string, right: number) => `When it says about ${says} for a word’s tag, it is right ${timesInHundred(right)}.`,
  },
  calibrationError: (error: number) => `On average a score is ${number(error * 100)} points off (expected calibration error).`,
  says: 'It says, %',
  isRight: 'Right, %',
  reliabilityLabel: (bins: number) => `How often answers are right, by their score, in ${count(bins, 'group')}.`,
  reliabilityNote: 'Up: right in 100. On the dashed line a score says just how often it is right; below it, it says too much. A larger dot has more answers.',
  reliabilityOpen: (fewest: number) => `An open dot has fewer than ${number(fewest)} answers and says little.`,
  bin: (says: string, right: string, answers: number) => `Says ${says}, right ${right}, ${count(answers, 'answer')}`,
  binHeads: { score: 'Score', says: 'Says', right: 'Right', answers: 'Answers' },
  binRange: (from: string, to: string) => `${from} to ${to}`,
  binRows: (range: string) => ({ title: `Answers with a score of ${range}`, note: 'The wrong ones first.' }),

  thresholds: 'Where to draw the line',
  threshold: 'Threshold, %',
  chosen: (threshold: string) => `set at ${threshold}`,
  curves: { precision: 'precision', recall: 'recall', microF1: 'F1' },
  thresholdLabel: (threshold: string) => `Precision, recall and F1 by threshold; it is set at ${threshold}.`,
  thresholdNote: 'A label is given where its score reaches the threshold. It was set where F1 is best on the rows to steer by; these are drawn here.',
  thresholdHeads: { threshold: 'Threshold', precision: 'Precision', recall: 'Recall', microF1: 'F1', changed: 'Changed' },
  thresholdChanged: 'Changed: test rows that would get other labels than now.',
  thresholdRows: (threshold: string) => ({ title: `Answered otherwise at ${threshold}`, note: 'Test rows that would get other labels with this threshold.' }),
  isSet: 'set',

  predicted: 'Answers against the file',
  inFile: 'In the file',
  answered: 'Answered',
  predictedLabel: (points: number) => `${count(points, 'test row')}: the number in the file against the answer.`,
  predictedNote: 'Up: the answer. On the dashed line both are equal. A dot opens its row.',
  predictedThinned: (shown: number, total: number) => `${number(shown)} of ${number(total)} rows are drawn.`,
  row: (row: number) => `Row ${number(row)}`,
  fileAndAnswer: (truth: string, answer: string) => `${truth} in the file, ${answer} answered`,
};
