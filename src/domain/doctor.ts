/** What the data doctor finds before training, and the mends a recipe may hold. */
import * as v from 'valibot';
import type { TargetKind } from './tasks';

export const findingIds = [
  'label-like-id',
  'spreadsheet-labels',
  'label-twins',
  'leaks',
  'conflicts',
  'duplicates',
  'short-texts',
  'spreadsheet-cut',
  'personal-data',
  'outliers',
  'few-numbers',
  'missing-from-side',
  'rare-classes',
  'imbalance',
  'cut-texts',
  'unknown-tokens',
] as const;
export type FindingId = (typeof findingIds)[number];

/** One mend a finding; in the recipe, so that a rerun does the same. What a finding needs to know stands beside its id. */
export const mendSchema = v.variant('finding', [
  /** Spellings of one label become the commonest of them. */
  v.strictObject({ finding: v.literal('label-twins') }),
  /** Rows whose text stands on two sides are left out of one: with `test` they are kept where they are learnt from, with `data` where they are tested on. */
  v.strictObject({ finding: v.literal('leaks'), from: v.picklist(['data', 'test']) }),
  /** All rows of a text with several labels are left out. */
  v.strictObject({ finding: v.literal('conflicts') }),
  /** Of copies with one label the first stays. */
  v.strictObject({ finding: v.literal('duplicates') }),
  v.strictObject({ finding: v.literal('short-texts') }),
  /** What looks personal is replaced by its kind in brackets. */
  v.strictObject({ finding: v.literal('personal-data') }),
  /** Rows to learn from whose number is outside are left out. */
  v.strictObject({ finding: v.literal('outliers'), from: v.number(), to: v.number() }),
  /** Rows longer than the recipe's `maxLength` in tokens are left out. */
  v.strictObject({ finding: v.literal('cut-texts') }),
  /** Fault 9: the commonest `keep` labels stay, all others become `other`. */
  v.strictObject({ finding: v.literal('label-like-id'), keep: v.pipe(v.number(), v.integer(), v.minValue(1)), other: v.string() }),
]);
export type Mend = v.InferOutput<typeof mendSchema>;
export type MendableId = Mend['finding'];

/** What a mend did: rows left out or changed. */
export interface MendOutcome {
  finding: MendableId;
  rows: number;
}

export const personalKinds = ['email', 'phone', 'card', 'identity'] as const;
export type PersonalKind = (typeof personalKinds)[number];

export interface FindingRow {
  file: 'data' | 'test';
  /** As a spreadsheet counts it. */
  row: number;
  label: string;
  /** The start of the text; what looks personal is masked. */
  text: string;
  /** Second text of a pair, likewise. */
  textPair?: string;
}

export interface LabelRows {
  label: string;
  rows: number;
}

interface FindingParts {
  /** Rows concerned. */
  rows: number;
  /** The first of them, at most `mostFindingRows`. */
  examples: FindingRow[];
}

/** How much of some texts a base model's vocabulary does not know, as a share of their tokens, 0 to 1. */
export interface ModelCoverage {
  baseModel: string;
  unknownTokenShare: number;
}

interface FindingFacts {
  /** `twins`: labels that mean one, the commonest first. */
  'label-twins': { twins: string[][] };
  /** `labels`: with fewer than `below` rows, the rarest first. */
  'rare-classes': { labels: LabelRows[]; below: number };
  /** `labels`: the sides that have no row of them. */
  'missing-from-side': { labels: { label: string; sides: ('train' | 'validation' | 'test')[] }[] };
  /** Rows beyond the first of a text and label: `exact` to the character, `folded` but for case, spaces, punctuation or width. With `givenTest` some may be on several sides. */
  duplicates: { exact: number; folded: number; givenTest: boolean };
  /** Rows to test on whose text is also learnt from or steered by, and rows to steer by whose text is also learnt from; `of`: all rows of the side. */
  leaks: { test: { rows: number; of: number }; validation: { rows: number; of: number }; fromTestFile: boolean; canMend: boolean };
  conflicts: { texts: number; target: TargetKind };
  /** `rows`: fewer than three letters or digits; `empty`: rows without text, set aside already. */
  'short-texts': { empty: number };
  /** `characters`: what a spreadsheet's cell holds at most, and these texts have. */
  'spreadsheet-cut': { characters: number };
  /** `labels`: that look like dates or like 1E+05. */
  'spreadsheet-labels': { labels: LabelRows[] };
  /** Numbers below `from` or above `to`. */
  outliers: { from: number; to: number };
  /** All numbers there are, ascending. */
  'few-numbers': { numbers: number[] };
  /** `keptEnd`: it is the end that is read; `raised`: a length that reads more, and how many times the tokens that takes. */
  'cut-texts': { maxLength: number; tokenShare: number; keptEnd: boolean; raised: { maxLength: number; times: number } | null };
  imbalance: { commonest: LabelRows; rarest: LabelRows; share: number; target: TargetKind };
  /** `once`: values with a single row. */
  'label-like-id': { column: string; labels: number; once: number };
  /** `better`: another base model in the box that knows far more of them. */
  'unknown-tokens': { baseModel: string; share: number; better: ModelCoverage | null };
  /** Rows of each kind; a row may hold several. */
  'personal-data': { kinds: Record<PersonalKind, number> };
}

export type FindingOf<Id extends FindingId> = { [Key in Id]: { id: Key } & FindingParts & FindingFacts[Key] }[Id];
export type Finding = FindingOf<FindingId>;

/** Rows of a finding that are shown; its count is always of all. */
export const mostFindingRows = 500;
