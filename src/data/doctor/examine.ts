/** Looks at a prepared data set with every check, with signs of life in between. */
import { findingIds, type Finding } from '../../domain';
import { noPause, type Pause } from '../pause';
import type { Examined } from './examined';
import { checks } from './registry';

/**
 * @param report called before each check; may throw to stop
 * @param pause called within the longer ones
 */
export async function examine(examined: Examined, report: (done: number, total: number) => Promise<void>, pause: Pause = noPause): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, id] of findingIds.entries()) {
    await report(index, findingIds.length);
    const finding = await checks[id].examine(examined, pause);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}
