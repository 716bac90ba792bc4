/** Looks at a prepared data set with every check, with signs of life in between. */
import { findingIds, type Finding } from '../../domain';
import type { Examined } from './examined';
import { checks } from './registry';

/** @param pause called after each check; may throw to stop */
export async function examine(examined: Examined, pause: (done: number, total: number) => Promise<void>): Promise<Finding[]> {
  const findings: Finding[] = [];
  // Worked out once for all that compare texts, and a step of its own: it takes as long as all checks together.
  void examined.groups;
  for (const [index, id] of findingIds.entries()) {
    await pause(index, findingIds.length);
    const finding = checks[id].examine(examined);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}
