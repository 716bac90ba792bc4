/** Spans of a text as the file marks them and as the model found them, cut into pieces that can be shown. */
import type { TokenReport } from '../../../domain';
import { entitiesOf } from '../../../tasks';

export interface Mark {
  type: string;
  /** Characters [begin, end). */
  begin: number;
  end: number;
}

export interface MarkedWords {
  text: string;
  /** Null where nobody knows the truth: a text that someone types. */
  truth: Mark[] | null;
  found: Mark[];
}

/** `right`: same type, same ends. `differs`: they touch, but are not the same. */
export type MarkKind = 'found' | 'right' | 'missed' | 'extra' | 'differs';

export interface MarkedSpan {
  kind: MarkKind;
  parts: { text: string; inTruth: boolean; inFound: boolean }[];
  /** Types in the file, and as found; in the order of the text. */
  truth: string[];
  found: string[];
}

export type Piece = { kind: 'plain'; text: string } | MarkedSpan;

interface TaggedText {
  /** Label names by id, and how they mark a span. */
  tags: Pick<TokenReport, 'labels' | 'scheme'>;
  text: string;
  /** Characters of each word in `text`. */
  ranges: readonly { begin: number; end: number }[];
  /** One label id a word; null where nobody knows. */
  truth: readonly number[] | null;
  found: readonly number[];
}

export function markWords({ tags: { labels, scheme }, text, ranges, truth, found }: TaggedText): MarkedWords {
  const marksOf = (ids: readonly number[]): Mark[] =>
    entitiesOf(ids.map((id) => labels[id] ?? 'O'), scheme).map(({ type, begin, end }) => ({
      type,
      begin: ranges[begin]?.begin ?? 0,
      end: ranges[end]?.end ?? 0,
    }));
  return { text, truth: truth && marksOf(truth), found: marksOf(found) };
}

interface Cluster {
  begin: number;
  end: number;
  truth: Mark[];
  found: Mark[];
}

/** Marks that overlap belong together. */
function clustersOf({ truth, found }: MarkedWords): Cluster[] {
  const marks = [...(truth ?? []).map((mark) => ({ mark, side: 'truth' as const })), ...found.map((mark) => ({ mark, side: 'found' as const }))];
  marks.sort((left, right) => left.mark.begin - right.mark.begin || left.mark.end - right.mark.end);
  const clusters: Cluster[] = [];
  for (const { mark, side } of marks) {
    let cluster = clusters.at(-1);
    if (!cluster || mark.begin >= cluster.end) {
      cluster = { begin: mark.begin, end: mark.end, truth: [], found: [] };
      clusters.push(cluster);
    }
    cluster.end = Math.max(cluster.end, mark.end);
    cluster[side].push(mark);
  }
  return clusters;
}

function kindOfCluster({ truth, found }: Cluster, known: boolean): MarkKind {
  if (!known) return 'found';
  const [expected] = truth;
  const [answer] = found;
  if (!answer) return 'missed';
  if (!expected) return 'extra';
  const same = truth.length === 1 && found.length === 1 && expected.type === answer.type && expected.begin === answer.begin && expected.end === answer.end;
  return same ? 'right' : 'differs';
}

function partsOf(text: string, { begin, end, truth, found }: Cluster): MarkedSpan['parts'] {
  const cuts = [...new Set([begin, end, ...[...truth, ...found].flatMap((mark) => [mark.begin, mark.end])])].sort((left, right) => left - right);
  const covers = (marks: readonly Mark[], from: number, to: number) => marks.some((mark) => mark.begin <= from && mark.end >= to);
  return cuts.slice(1).map((to, index) => {
    const from = cuts[index] ?? begin;
    return { text: text.slice(from, to), inTruth: covers(truth, from, to), inFound: covers(found, from, to) };
  });
}

/** The whole text in order; nothing is lost or said twice. */
export function piecesOf(marked: MarkedWords): Piece[] {
  const { text } = marked;
  const pieces: Piece[] = [];
  let at = 0;
  const plain = (to: number): void => {
    if (to > at) pieces.push({ kind: 'plain', text: text.slice(at, to) });
  };
  for (const cluster of clustersOf(marked)) {
    plain(cluster.begin);
    pieces.push({
      kind: kindOfCluster(cluster, marked.truth !== null),
      parts: partsOf(text, cluster),
      truth: cluster.truth.map(({ type }) => type),
      found: cluster.found.map(({ type }) => type),
    });
    at = cluster.end;
  }
  plain(text.length);
  return pieces;
}
