/** Words of the tasks, in English; `tasksZh.ts` has the same keys. */
import type { TaskId } from '../../domain';
import { formatFor } from '../format';

const { number } = formatFor('en');

const names: Record<TaskId, string> = {
  'single-label-classification': 'One label per row',
  'text-pair-classification': 'One label for two texts',
  'text-pair-regression': 'A score for two texts',
  regression: 'A number per row',
  'multi-label-classification': 'Several labels per row',
  'text-pair-multi-label-classification': 'Several labels for two texts',
  'token-classification': 'A tag per word',
};

/** Why a task was guessed. */
const guessed: Record<TaskId, string> = {
  'single-label-classification': 'Each row has one label.',
  'text-pair-classification': 'Two columns are named as a pair of texts.',
  'text-pair-regression': 'Two columns are named as a pair of texts, and the label is a number.',
  regression: 'The column holds numbers, not classes.',
  'multi-label-classification': 'The cells list several labels, or several columns hold only 0 and 1.',
  'text-pair-multi-label-classification': 'Two columns are named as a pair of texts, and there are several labels for each pair.',
  'token-classification': 'There are words and a tag for each.',
};

export const tasksEn = {
  heading: 'Learns',
  names,
  guessed,
  /** Where tags are guessed from character ranges, and what the two columns are then called. */
  spans: { guessed: 'One column marks ranges of the text, each with a type.', text: 'Text', label: 'Ranges' },
  /** What the two columns are called where a task means something else by them than text and label. */
  columns: {
    'text-pair-classification': { text: 'First text', label: 'Label' },
    'text-pair-regression': { text: 'First text', label: 'Score' },
    regression: { text: 'Text', label: 'Number' },
    'multi-label-classification': { text: 'Text', label: 'Labels' },
    'text-pair-multi-label-classification': { text: 'First text', label: 'Labels' },
    'token-classification': { text: 'Words', label: 'Tags' },
  } as Partial<Record<TaskId, { text: string; label: string }>>,
  secondText: 'Second text',
  severalColumns: (columns: number) => `${number(columns)} columns of 0 and 1`,
};
