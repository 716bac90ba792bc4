/** Likely wrong labels of a data set, ranked: features of the base model, cross-validated confidence, confident learning. */
import { groupCopies, plainExample, shownText } from '../../data';
import { seededPermutation, type Dataset, type Example, type LabelSuspect, type LabelSuspects, type Recipe } from '../../domain';
import type { Backend } from '../../engine';
import type { BaseModel } from '../baseModel';
import { findSuspects } from './confidentLearning';
import { crossValidate } from './crossValidate';
import { textFeatures } from './features';
import { standardized } from './matrix';

const folds = 5;
/** Of the penalty, for standardized features: a middle way between finding much and being right, see docs/measurements.md. */
const inverseStrength = 0.01;
/** Above this many rows a seeded sample is looked at: the time grows with them. */
export const mostRows = 20_000;
const sampleStream = 0x5a3e;
/** Rows that are given; the count is of all. */
const mostSuspects = 5_000;

export interface LabelErrorOptions {
  backend: Backend;
  base: BaseModel;
  dataset: Dataset;
  recipe: Recipe;
  /** Called with the share done; may throw to end the work. */
  pause: (share: number) => Promise<void>;
}

interface PlacedExample extends Example {
  file: 'data' | 'test';
}

/** Rows of all sides, in the order of their files. */
function placedExamples({ train, validation, test }: Dataset, recipe: Recipe): PlacedExample[] {
  const ofTest = recipe.split.testSource === 'file' ? 'test' : 'data';
  const examples = [...[...train, ...validation].map((example) => ({ ...plainExample(example), file: 'data' as const })), ...test.map((example) => ({ ...plainExample(example), file: ofTest }) as const)];
  const sorted = examples.sort((left, right) => Number(left.file === 'test') - Number(right.file === 'test') || left.row - right.row);
  if (sorted.length <= mostRows) return sorted;
  const kept = new Set(seededPermutation(sorted.length, recipe.training.seed, sampleStream).subarray(0, mostRows));
  return sorted.filter((_, index) => kept.has(index));
}

/** Only rows with one label each can be judged in this way. */
export async function findLabelErrors({ backend, base, dataset, recipe, pause }: LabelErrorOptions): Promise<LabelSuspects> {
  const examples = placedExamples(dataset, recipe);
  const labels = Int32Array.from(examples, ({ target }) => (target.kind === 'class' ? target.label : 0));
  const classes = dataset.labels.length;
  const features = standardized(await textFeatures({ backend, base, dataset, recipe, examples, pause: (share) => pause(share * 0.7) }));
  const groups = groupCopies(examples);
  const { probabilities, judged } = await crossValidate({ features, labels, classes, groups, folds, seed: recipe.training.seed, c: inverseStrength, pause: (share) => pause(0.7 + share * 0.3) });
  const found = findSuspects(labels, probabilities, classes).filter(({ index }) => judged[index] === 1);
  const suspects = found.slice(0, mostSuspects).flatMap(({ index, suggested, selfConfidence }): LabelSuspect[] => {
    const example = examples[index];
    if (example === undefined) return [];
    const { file, row } = example;
    const name = (label: number): string => dataset.labels[label] ?? '';
    return [{ file, row, text: shownText(example.text), ...(example.textPair !== undefined && { textPair: shownText(example.textPair) }), label: name(labels[index] ?? 0), suggested: name(suggested), selfConfidence, confidence: probabilities[index]?.[suggested] ?? 0 }];
  });
  const { train, validation, test } = dataset;
  return { looked: examples.length, of: train.length + validation.length + test.length, found: found.length, suspects };
}
