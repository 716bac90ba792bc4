/** Looks at a prepared data set with every check, with signs of life in between. */
import { findingIds, type Finding } from '../../domain';
import { noPause, type Pause } from '../pause';
import type { Examined } from './examined';
import { checks } from './registry';

/**
 * @param report called before each check
 * @param pause called before each check and within the longer ones; may throw to stop
 */
export async function examine(examined: Examined, report: (done: number, total: number) => void, pause: Pause = noPause): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [index, id] of findingIds.entries()) {
    report(index, findingIds.length);
    const due = pause();
    if (due !== null) await due;
    const finding = await checks[id].examine(examined, pause);
    if (finding !== null) findings.push(finding);
  }
  return findings;
}
