/**
 * Recipe: everything that decides a run, as one small JSON file.
 *
 * Names are those of Hugging Face's `TrainingArguments`, in camel case. Bounds and defaults stand here once, for the
 * form, the schema at the border and the headless run. Defaults are measured, see docs/decisions.md.
 */
import * as v from 'valibot';
import { encodingNames, type DialectChoice } from './table';
import { mendSchema } from './doctor';
import { labelFixSchema } from './fixes';
import { AnnealError } from './errors';
import { taskIds } from './tasks';

export interface SettingBounds {
  minimum: number;
  maximum: number;
  integer: boolean;
}

/** Bounds of what a person can change, by field of `TrainingSettings` and `SplitSettings`. */
export const settingBounds = {
  numTrainEpochs: { minimum: 1, maximum: 50, integer: true },
  learningRate: { minimum: 1e-6, maximum: 1, integer: false },
  perDeviceTrainBatchSize: { minimum: 1, maximum: 64, integer: true },
  maxLength: { minimum: 8, maximum: 512, integer: true },
  seed: { minimum: 0, maximum: 4_294_967_295, integer: true },
  validationFraction: { minimum: 0.02, maximum: 0.4, integer: false },
  testFraction: { minimum: 0.02, maximum: 0.5, integer: false },
} as const satisfies Record<string, SettingBounds>;

function bounded({ minimum, maximum, integer }: SettingBounds) {
  return integer
    ? v.pipe(v.number(), v.integer(), v.minValue(minimum), v.maxValue(maximum))
    : v.pipe(v.number(), v.minValue(minimum), v.maxValue(maximum));
}

const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const positive = v.pipe(v.number(), v.gtValue(0));

export const trainingSettingsSchema = v.strictObject({
  numTrainEpochs: bounded(settingBounds.numTrainEpochs),
  /** Stop after this many optimizer steps; -1 for no limit. */
  maxSteps: v.pipe(v.number(), v.integer(), v.minValue(-1)),
  learningRate: bounded(settingBounds.learningRate),
  lrSchedulerType: v.literal('linear'),
  warmupRatio: fraction,
  weightDecay: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  adamBeta1: fraction,
  adamBeta2: fraction,
  adamEpsilon: positive,
  maxGradNorm: positive,
  perDeviceTrainBatchSize: bounded(settingBounds.perDeviceTrainBatchSize),
  perDeviceEvalBatchSize: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(256)),
  groupByLength: v.boolean(),
  maxLength: bounded(settingBounds.maxLength),
  /** Which end of a text longer than `maxLength` is cut off: transformers' `truncation_side`; absent: the right one. */
  truncationSide: v.optional(v.picklist(['right', 'left'])),
  seed: bounded(settingBounds.seed),
  /** Steps between evaluations on the validation rows; absent: twice an epoch where it has 20 steps or more, else once. */
  evalSteps: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  /** Evaluations on the validation rows without a better loss before the run ends early; 0 never ends early. */
  earlyStoppingPatience: v.pipe(v.number(), v.integer(), v.minValue(0)),
});
export type TrainingSettings = v.InferOutput<typeof trainingSettingsSchema>;

export const rareLabelChoiceSchema = v.variant('action', [
  v.strictObject({ action: v.literal('keep-for-training') }),
  v.strictObject({ action: v.literal('leave-out') }),
  v.strictObject({ action: v.literal('merge'), into: v.string() }),
]);
/** Fault 2b: what to do with a label that has fewer rows than there are sides of the split. */
export type RareLabelChoice = v.InferOutput<typeof rareLabelChoiceSchema>;

/** Not `v.record`, which drops keys such as `constructor`: any text may be a label. */
const rareLabelsSchema = v.custom<Record<string, RareLabelChoice>>(
  (input) => typeof input === 'object' && input !== null && Object.values(input).every((choice) => v.is(rareLabelChoiceSchema, choice)),
);

/** How the file is read, as far as it was not left to its content; `sheet` of a workbook with several is always kept. */
const readingFields = {
  encoding: v.optional(v.picklist(encodingNames)),
  delimiter: v.optional(v.picklist([',', '\t', ';', '|'])),
  hasHeader: v.optional(v.boolean()),
  sheet: v.optional(v.string()),
  openQuote: v.optional(v.picklist(['as-text', 'rows-before'])),
  mixedEncoding: v.optional(v.picklist(['each-part', 'leave-out'])),
  damagedRows: v.optional(v.literal('leave-out')),
  raggedRows: v.optional(v.literal('use')),
};

export const dateOrders = ['day-month', 'month-day'] as const;
/** How a date is read whose year comes last. */
export type DateOrder = (typeof dateOrders)[number];

export const splitBySchema = v.variant('kind', [
  /** Rows with the same value (a person, a document) stay together. */
  v.strictObject({ kind: v.literal('group'), column: v.string() }),
  /** The last rows in time are the test. `dateOrder` where the column leaves it open or is to be read otherwise. */
  v.strictObject({ kind: v.literal('time'), column: v.string(), dateOrder: v.optional(v.picklist(dateOrders)) }),
  /** The column names each row's side. */
  v.strictObject({ kind: v.literal('side'), column: v.string() }),
]);
export type SplitBy = v.InferOutput<typeof splitBySchema>;
/** Columns of a table that could decide, by what they decide; null where none looks like it. */
export type SplitColumns = Record<SplitBy['kind'], string | null>;

export const recipeSchema = v.strictObject({
  version: v.literal(1),
  task: v.picklist(taskIds),
  baseModel: v.string(),
  method: v.literal('full'),
  data: v.strictObject({
    textColumn: v.string(),
    labelColumn: v.string(),
    /** Second text of a pair. */
    textPairColumn: v.optional(v.string()),
    /** Multi-label with one 0/1 column a label: these, in place of `labelColumn`. */
    labelColumns: v.optional(v.array(v.string())),
    ...readingFields,
    /** Labels equal after trimming are one label; `tidyLabels` false keeps them as they stand. */
    tidyLabels: v.boolean(),
    /** By label; a rare label without an entry is kept for training. */
    rareLabels: rareLabelsSchema,
    /** What the data doctor was asked to mend; absent in recipes older than it. */
    mends: v.optional(v.array(mendSchema)),
    /** Labels put right by hand, in the order in which they were: the last change of a cell counts. */
    fixes: v.optional(v.array(labelFixSchema)),
  }),
  split: v.strictObject({
    /** `file`: the test rows come from a second file, and only validation rows are split off. */
    testSource: v.picklist(['split', 'file']),
    validationFraction: bounded(settingBounds.validationFraction),
    testFraction: bounded(settingBounds.testFraction),
    /** What decides the sides; absent: the labels, so that each side has its share of every one. */
    by: v.optional(splitBySchema),
  }),
  /** Rows to train on: all, or a balanced seeded sample of at most `rows` of the training side. */
  sample: v.variant('kind', [
    v.strictObject({ kind: v.literal('all') }),
    v.strictObject({ kind: v.literal('balanced'), rows: v.pipe(v.number(), v.integer(), v.minValue(2)) }),
  ]),
  training: trainingSettingsSchema,
});
export type Recipe = v.InferOutput<typeof recipeSchema>;

/** Recipes come from a form, a file, a command line or a store: all are parsed. @throws AnnealError `recipe.invalid` */
export function parseRecipe(value: unknown): Recipe {
  const result = v.safeParse(recipeSchema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new AnnealError('recipe.invalid', { field: v.getDotPath(issue) ?? '', value: issue.received, rule: issue.expected ?? issue.message });
}

/**
 * What a recipe's `data` says of reading the file, so that a rerun reads it in the same way. Nothing where that is not
 * valid: the recipe as a whole is parsed later, and its error names the field.
 */
export function readingChoice(data: unknown): DialectChoice {
  const result = v.safeParse(v.object(readingFields), data);
  if (!result.success) return {};
  const { encoding, delimiter, hasHeader, sheet, openQuote, mixedEncoding, damagedRows, raggedRows } = result.output;
  return {
    ...(encoding && { encoding }),
    ...(delimiter && { delimiter }),
    ...(hasHeader !== undefined && { hasHeader }),
    ...(sheet !== undefined && { sheet }),
    ...(openQuote && { openQuote }),
    ...(mixedEncoding && { mixedEncoding }),
    ...(damagedRows && { damagedRows }),
    ...(raggedRows && { raggedRows }),
  };
}
