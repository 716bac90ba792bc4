/** Looks at a prepared data set with every check, with signs of life in between. */
import { findingIds, type Finding } from '../../domain';
import type { Pause } from '../pause';
import type { Examined } from './examined';
import { checks } from './registry';

/**
 * @param report called before each check; may throw to stop
 * @param pause for the work before all checks
 */
export async function examine(examined: Examined, report: (done: number, total: number) => Promise<void>, pause?: Pause): Promise<Finding[]> {
  const findings: Finding[] = [];
  await examined.findCopies(pause);
  for (const [index, id] of findingIds.entries()) {
    await report(index, findingIds.length);
    const finding = checks[id].examine(examined);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}
