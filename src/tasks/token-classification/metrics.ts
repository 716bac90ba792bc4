/**
 * Entities of tagged words, with seqeval's strict meaning (mode='strict', held to it in metrics.test.ts): an entity counts as
 * found when its type and both ends are right, and a tag that begins nothing (in IOB2 an I after O) belongs to no entity.
 */
import type { ClassScore, TagScheme } from '../../domain';

export interface Entity {
  type: string;
  /** First and last word, both included. */
  begin: number;
  end: number;
}

interface Tag {
  prefix: 'B' | 'I' | 'O' | 'E' | 'S';
  type: string;
}

const OUTSIDE: Tag = { prefix: 'O', type: '_' };
/** BILOU's and BMES's letters for what IOBES calls I, E and S. */
const PREFIXES: Record<string, Tag['prefix']> = { B: 'B', I: 'I', M: 'I', E: 'E', L: 'E', S: 'S', U: 'S' };

function readTag(tag: string): Tag {
  const rest = tag.slice(1);
  return { prefix: PREFIXES[tag.slice(0, 1)] ?? 'O', type: rest.slice(rest.indexOf('-') + 1) || '_' };
}

const begins = (tag: Tag, before: Tag): boolean => tag.prefix === 'I' && (before.prefix === 'O' || before.type !== tag.type);

/** The scheme that sentences are written in. IOB1 where entities begin with I, and no B stands where I would do. */
export function schemeOf(sentences: readonly (readonly string[])[]): TagScheme {
  const read = sentences.map((tags) => tags.map(readTag));
  if (read.some((tags) => tags.some(({ prefix }) => 'ES'.includes(prefix)))) return 'IOBES';
  const some = (found: (tag: Tag, before: Tag) => boolean): boolean => read.some((tags) => tags.some((tag, place) => found(tag, tags[place - 1] ?? OUTSIDE)));
  const plainB = some((tag, before) => tag.prefix === 'B' && (before.prefix === 'O' || before.type !== tag.type));
  return !plainB && some(begins) ? 'IOB1' : 'IOB2';
}

/** Entities of one sentence; seqeval's rules for each scheme. */
export function entitiesOf(tags: readonly string[], scheme: TagScheme = 'IOB2'): Entity[] {
  const read = tags.map(readTag);
  return scheme === 'IOB1' ? entitiesOfIob1(read) : entitiesFromB(read, scheme === 'IOBES');
}

/** An entity begins with B; I goes on while the type stays. With ends: B I* E, or a single S. */
function entitiesFromB(read: readonly Tag[], withEnds: boolean): Entity[] {
  const entities: Entity[] = [];
  read.forEach(({ prefix, type }, begin) => {
    if (withEnds && prefix === 'S') entities.push({ type, begin, end: begin });
    if (prefix !== 'B') return;
    let end = begin;
    const next = (wanted: string): boolean => read[end + 1]?.type === type && read[end + 1]?.prefix === wanted;
    while (next('I')) end += 1;
    if (!withEnds) entities.push({ type, begin, end });
    else if (next('E')) entities.push({ type, begin, end: end + 1 });
  });
  return entities;
}

function entitiesOfIob1(read: readonly Tag[]): Entity[] {
  const entities: Entity[] = [];
  for (let begin = 0; begin < read.length; ) {
    const tag = read[begin] ?? OUTSIDE;
    const before = read[begin - 1] ?? OUTSIDE;
    const opens = begins(tag, before) || (tag.prefix === 'I' && before.prefix === 'B') || (tag.prefix === 'B' && before.prefix !== 'O' && before.type === tag.type);
    let end = begin;
    while (opens && read[end + 1]?.prefix === 'I' && read[end + 1]?.type === tag.type) end += 1;
    const after = read[end + 1] ?? OUTSIDE;
    // A single B before a B of another type is none to seqeval.
    const closed = !(read[end]?.prefix === 'B' && after.prefix === 'B' && after.type !== tag.type);
    if (opens && closed) entities.push({ type: tag.type, begin, end });
    begin = end + 1;
  }
  return entities;
}

export interface EntityCounts {
  right: number;
  support: number;
  answered: number;
}

export interface EntityScores {
  precision: number | null;
  recall: number | null;
  f1: number;
  macroF1: number;
  classes: ClassScore[];
}

export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
/** Where nothing is to be found and nothing was, F1 is 0, as in seqeval. */
export const f1Of = ({ right, support, answered }: EntityCounts): number => (right > 0 ? (2 * right) / (support + answered) : 0);

/** Entities of one sentence by type: those to be found, those answered, and those of both. */
export function entityCounts(truth: readonly string[], answers: readonly string[], scheme: TagScheme): Map<string, EntityCounts> {
  const counts = new Map<string, EntityCounts>();
  const countOf = (type: string): EntityCounts => {
    const count = counts.get(type) ?? { right: 0, support: 0, answered: 0 };
    counts.set(type, count);
    return count;
  };
  const key = ({ type, begin, end }: Entity) => `${begin} ${end} ${type}`;
  const found = entitiesOf(answers, scheme);
  const keys = new Set(found.map(key));
  for (const { type } of found) countOf(type).answered += 1;
  for (const entity of entitiesOf(truth, scheme)) {
    const count = countOf(entity.type);
    count.support += 1;
    if (keys.has(key(entity))) count.right += 1;
  }
  return counts;
}

function add(sum: EntityCounts, { right, support, answered }: EntityCounts): EntityCounts {
  return { right: sum.right + right, support: sum.support + support, answered: sum.answered + answered };
}

const NONE: EntityCounts = { right: 0, support: 0, answered: 0 };

/** Types sorted by name; macro F1 is over the types that are to be found or were answered. */
export function entityScores(truth: readonly (readonly string[])[], answers: readonly (readonly string[])[], scheme: TagScheme = 'IOB2'): EntityScores {
  const counts = new Map<string, EntityCounts>();
  truth.forEach((tags, row) => {
    for (const [type, own] of entityCounts(tags, answers[row] ?? [], scheme)) counts.set(type, add(counts.get(type) ?? NONE, own));
  });
  const types = [...counts].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const sum = types.reduce((total, [, count]) => add(total, count), NONE);
  return {
    precision: ratio(sum.right, sum.answered),
    recall: ratio(sum.right, sum.support),
    f1: f1Of(sum),
    macroF1: types.length > 0 ? types.reduce((total, [, count]) => total + f1Of(count), 0) / types.length : 0,
    classes: types.map(([label, count]) => ({
      label,
      precision: ratio(count.right, count.answered),
      recall: ratio(count.right, count.support),
      f1: count.support > 0 ? f1Of(count) : null,
      support: count.support,
    })),
  };
}
