/** What the data doctor found, one or two sentences a finding, in English. `doctorZh.ts` has the same keys. */
import type { FindingId, FindingOf, MendOutcome, PersonalKind } from '../../domain';
import { formatFor } from '../format';
import { count, rows } from './countEn';
import { modelsEn } from './modelsEn';

const { number, percent, list, upTo } = formatFor('en');
const quoted = (label: string) => `“${label}”`;

/** The first few, and how many more. */
function few(items: readonly string[], most = 3): string {
  return list(items.length > most ? [...items.slice(0, most), `${number(items.length - most)} more`] : items);
}

const kinds: Record<PersonalKind, (total: number) => string> = {
  email: (total) => `e-mail addresses in ${number(total)}`,
  phone: (total) => `phone numbers in ${number(total)}`,
  card: (total) => `card numbers in ${number(total)}`,
  identity: (total) => `identity numbers in ${number(total)}`,
};

const sides = { train: 'the rows to learn from', validation: 'the rows to steer by', test: 'the rows to test on' };

/** One entry a finding: a finding without words does not compile. Labels come in as they are to be shown. */
const findings: { [Id in FindingId]: (finding: FindingOf<Id>) => string } = {
  'label-like-id': ({ column, labels, rows: total, once }) =>
    `Column ${quoted(column)} has ${count(labels, 'different value')} in ${rows(total)}, ${number(once)} of them once: more like a text or an id than a label. Another column may fit better.`,
  'label-twins': ({ twins, rows: total }) =>
    `${few(twins.map((labels) => labels.map(quoted).join(' = ')))} ${twins.length === 1 ? 'looks' : 'look'} like one label written in different ways (${rows(total)}). As they stand they are learnt as different labels.`,
  leaks: ({ test, validation, fromTestFile }) => {
    const also = (leaked: { rows: number; of: number }, use: string) => `${number(leaked.rows)} of ${rows(leaked.of)} to ${use} ${leaked.rows === 1 ? 'is' : 'are'} also`;
    const tested = `${also(test, 'test on')} ${fromTestFile ? 'in the training file' : 'learnt from'}; the score would flatter.`;
    const steered = `${also(validation, 'steer by')} learnt from; the best step would be chosen too kindly.`;
    return [...(test.rows > 0 ? [tested] : []), ...(validation.rows > 0 ? [steered] : [])].join(' ');
  },
  conflicts: ({ texts, rows: total, target }) =>
    `${count(texts, 'text carries', 'texts carry')} different ${{ class: 'labels', labels: 'sets of labels', number: 'numbers', tokens: 'tags' }[target]} in different rows (${rows(total)}). At most one of them can be right.`,
  duplicates: ({ rows: total, exact, folded, givenTest }) => {
    const [verb, end] = total === 1 ? ['repeats', 'It counts'] : ['repeat', 'They count'];
    const how =
      folded === 0 ? 'to the character' : exact === 0 ? 'but for case, spaces, punctuation or width' : `${number(exact)} to the character, ${number(folded)} but for case, spaces, punctuation or width`;
    return `${rows(total)} ${verb} another row with the same answer (${how}). ${end} more than once${givenTest ? '' : '; copies always stay on one side'}.`;
  },
  'short-texts': ({ rows: total, empty }) => {
    const short = `${rows(total)} ${total === 1 ? 'has' : 'have'} almost no text (fewer than three letters or digits; a Chinese character counts as two).`;
    return empty === 0 ? short : `${short} ${rows(empty)} without any text ${empty === 1 ? 'is' : 'are'} set aside already.`;
  },
  'personal-data': ({ rows: total, kinds: found }) => {
    const parts = (['email', 'phone', 'card', 'identity'] as const).filter((kind) => found[kind] > 0).map((kind) => kinds[kind](found[kind]));
    return `${rows(total)} ${total === 1 ? 'holds' : 'hold'} what looks like personal data: ${list(parts)}. A model can learn such things by heart.`;
  },
  'spreadsheet-cut': ({ rows: total, characters }) =>
    `${rows(total)} ${total === 1 ? 'has' : 'have'} a text of exactly ${number(characters)} characters, the most a spreadsheet’s cell holds: perhaps cut by the spreadsheet. Check the file it came from.`,
  'spreadsheet-labels': ({ labels, rows: total }) =>
    `${few(labels.map(({ label }) => quoted(label)))} ${labels.length === 1 ? 'looks' : 'look'} like a date or a number that a spreadsheet made of a label (${rows(total)}). Check the file it came from.`,
  outliers: ({ rows: total, from, to }) =>
    `${rows(total)} ${total === 1 ? 'has a number' : 'have numbers'} far off the others, below ${upTo(from, 2)} or above ${upTo(to, 2)}. Slips and codes such as 999 pull the whole model.`,
  'few-numbers': ({ numbers }) =>
    `There ${numbers.length === 1 ? 'is one number' : `are ${number(numbers.length)} different numbers`} only: ${list(numbers.map((value) => upTo(value, 2)))}. If they are classes, let one label a row be learnt.`,
  'missing-from-side': ({ labels }) => {
    const missing = labels.map(({ label, sides: without }) => `${quoted(label)} (not in ${list(without.map((side) => sides[side]))})`);
    return `${count(labels.length, 'label is', 'labels are')} missing from a side: ${few(missing)}. Where there is no row, there is no figure.`;
  },
  'rare-classes': ({ labels, below }) =>
    `${count(labels.length, 'label has', 'labels have')} fewer than ${number(below)} rows: ${few(labels.map(({ label, rows: total }) => `${quoted(label)} (${number(total)})`))}. Expect little of ${labels.length === 1 ? 'it' : 'them'}; more rows help most.`,
  imbalance: ({ commonest, rarest, share, target }) =>
    share >= 0.9 && target === 'class'
      ? `${percent(share)} of all rows are ${quoted(commonest.label)}. A model that always gives this answer would look good; read the figures per label.`
      : `${quoted(commonest.label)} has ${rows(commonest.rows)}, ${quoted(rarest.label)} only ${number(rarest.rows)}. Read the figures ${target === 'tokens' ? 'per type' : 'per label'}, not ${target === 'class' ? 'the accuracy' : 'the overall figure'} alone.`,
  'cut-texts': ({ rows: total, maxLength, tokenShare, keptEnd }) =>
    `${rows(total)} ${total === 1 ? 'is' : 'are'} cut at ${number(maxLength)} tokens; ${percent(tokenShare, tokenShare < 0.1 ? 1 : 0)} of all tokens stay unread${keptEnd ? '; of these texts the end is read' : ''}.`,
  'unknown-tokens': ({ share, baseModel, better }) => modelsEn.unknown({ baseModel, unknownTokenShare: share }, better),
};

const outcomes: Record<MendOutcome['finding'], (total: number) => string> = {
  'label-twins': (total) => `Spellings of labels joined: ${rows(total)} changed.`,
  leaks: (total) => `Texts on two sides: ${rows(total)} left out.`,
  conflicts: (total) => `Texts with several answers: ${rows(total)} left out.`,
  duplicates: (total) => `Copies: ${rows(total)} left out.`,
  'short-texts': (total) => `Almost no text: ${rows(total)} left out.`,
  'personal-data': (total) => `Personal data masked in ${rows(total)}; the table below shows the file as it is.`,
  'cut-texts': (total) => `Texts that are too long: ${rows(total)} left out.`,
  outliers: (total) => `Numbers far off: ${rows(total)} left out of learning.`,
  'label-like-id': (total) => `Rare labels put under one: ${rows(total)} changed.`,
};

const otherLabel = 'other';

export const doctorEn = {
  heading: (total: number) => `${count(total, 'thing')} to look at`,
  mendedHeading: 'Mended',
  findings,
  outcomes,
  /** Where the data cannot be prepared, the rows are not known. */
  chosen: {
    'label-twins': 'Spellings of labels are joined.',
    leaks: 'Texts on two sides are left out of one.',
    conflicts: 'Texts with several answers are left out.',
    duplicates: 'Copies are left out.',
    'short-texts': 'Rows with almost no text are left out.',
    'personal-data': 'Personal data is masked.',
    'cut-texts': 'Texts that are too long are left out.',
    outliers: 'Rows with numbers far off are left out of learning.',
    'label-like-id': 'Rare labels are put under one.',
  } satisfies Record<MendOutcome['finding'], string>,
  mends: {
    'label-twins': 'Join them',
    conflicts: 'Leave these rows out',
    duplicates: 'Keep the first of each',
    'short-texts': 'Leave these rows out',
    'personal-data': 'Mask in the texts',
    outliers: 'Leave these rows out',
    'cut-texts': 'Leave these rows out',
  },
  keepCommonest: (labels: number) => `Keep the ${number(labels)} commonest, the rest as “${otherLabel}”`,
  otherLabel,
  raiseLength: (maxLength: number, times: number) => `Read ${number(maxLength)} tokens (${times < 1.05 ? 'hardly longer' : `about ${upTo(times, 1)} times the time`})`,
  keepEnd: 'Read the end instead',
  keepStart: 'Read the beginning again',
  secondText: 'Second text',
  leakFrom: { data: 'Keep them for testing', test: 'Keep them for learning' },
  undo: 'Undo',
  show: 'Show rows',
  rowsHeading: 'Rows concerned',
  shownOf: (shown: number, total: number) => `The first ${number(shown)} of ${rows(total)}.`,
  masked: 'What looks personal is masked here.',
  file: 'File',
  files: { data: 'data', test: 'test' },
};

export type DoctorMessages = typeof doctorEn;
