/**
 * Entities of BIO tags, with seqeval's strict meaning (mode='strict', held to it in metrics.test.ts): an entity counts as
 * found when its type and both ends are right, and a tag that begins nothing (I after O) belongs to no entity.
 */
import type { ClassScore } from '../../domain';

export interface Entity {
  type: string;
  /** First and last word, both included. */
  begin: number;
  end: number;
}

interface Tag {
  prefix: string;
  type: string;
}

function readTag(tag: string): Tag {
  const rest = tag.slice(1);
  return { prefix: tag.slice(0, 1), type: rest.slice(rest.indexOf('-') + 1) || '_' };
}

/** Whether tags say where an entity ends (BIOES, BILOU), so that one without an end is none. */
export function saysEnds(labels: readonly string[]): boolean {
  return labels.some((label) => /^[ESLU]-/.test(label));
}

/** An entity begins with B; I goes on while the type stays. With ends: B I* E (or L), or a single S (or U). */
export function entitiesOf(tags: readonly string[], withEnds = false): Entity[] {
  const entities: Entity[] = [];
  const read = tags.map(readTag);
  read.forEach(({ prefix, type }, begin) => {
    if (withEnds && 'SU'.includes(prefix)) entities.push({ type, begin, end: begin });
    if (prefix !== 'B') return;
    let end = begin;
    const next = (prefixes: string): boolean => {
      const tag = read[end + 1];
      return tag !== undefined && tag.type === type && prefixes.includes(tag.prefix);
    };
    while (next('I')) end += 1;
    if (!withEnds) entities.push({ type, begin, end });
    else if (next('EL')) entities.push({ type, begin, end: end + 1 });
  });
  return entities;
}

export interface EntityScores {
  precision: number | null;
  recall: number | null;
  f1: number;
  macroF1: number;
  classes: ClassScore[];
}

const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Types sorted by name. Where nothing is to be found and nothing was, F1 is 0, as in seqeval. */
export function entityScores(truth: readonly (readonly string[])[], answers: readonly (readonly string[])[], withEnds = false): EntityScores {
  const counts = new Map<string, { right: number; support: number; answered: number }>();
  const countOf = (type: string) => {
    const count = counts.get(type) ?? { right: 0, support: 0, answered: 0 };
    counts.set(type, count);
    return count;
  };
  const key = ({ type, begin, end }: Entity) => `${begin} ${end} ${type}`;
  truth.forEach((tags, row) => {
    const found = entitiesOf(answers[row] ?? [], withEnds);
    const keys = new Set(found.map(key));
    for (const { type } of found) countOf(type).answered += 1;
    for (const entity of entitiesOf(tags, withEnds)) {
      const count = countOf(entity.type);
      count.support += 1;
      if (keys.has(key(entity))) count.right += 1;
    }
  });
  const types = [...counts].sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0));
  const sum = types.reduce((total, [, count]) => ({ right: total.right + count.right, support: total.support + count.support, answered: total.answered + count.answered }), { right: 0, support: 0, answered: 0 });
  const f1 = ({ right, support, answered }: typeof sum): number => (right > 0 ? (2 * right) / (support + answered) : 0);
  return {
    precision: ratio(sum.right, sum.answered),
    recall: ratio(sum.right, sum.support),
    f1: f1(sum),
    macroF1: types.length > 0 ? types.reduce((total, [, count]) => total + f1(count), 0) / types.length : 0,
    classes: types.map(([label, count]) => ({
      label,
      precision: ratio(count.right, count.answered),
      recall: ratio(count.right, count.support),
      f1: count.support > 0 ? f1(count) : null,
      support: count.support,
    })),
  };
}
