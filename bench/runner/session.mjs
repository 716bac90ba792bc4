/** All runs of one call: measures, prints the tables, writes the file. The same in the browser's run and in Node's. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { compareLosses } from './check.mjs';
import { LEGEND, toRow, toTable } from './report.mjs';
import { measure } from './rounds.mjs';

export function writeJson(path, value) {
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
}

/**
 * @param options { runs, rounds, limitSeconds, check, json } of `options.mjs`, and `start(peer)`
 * @returns {Promise<number>} exit code: 1 where a peer that was started failed, one disagrees, or nothing was measured
 */
export async function runAll(options) {
  const rows = [];
  const skipped = [];
  const failed = [];
  let agree = true;
  for (const { size, peers } of options.runs) {
    const outcome = await measure(size, peers, options);
    skipped.push(...outcome.skipped);
    failed.push(...outcome.failed);
    console.log(`\n${size.model}, ${size.batch} x ${size.length}`);
    if (options.check) {
      const comparison = compareLosses(outcome.measured);
      agree &&= comparison.agree;
      console.log(comparison.lines.join('\n'));
    } else if (outcome.measured.length > 0) {
      const here = outcome.measured.map(toRow);
      rows.push(...here);
      console.log(toTable(here));
    } else console.log('nothing was measured');
  }
  if (rows.length > 0) console.log(`\n${LEGEND}`);
  const place = ({ name, model, batch, length }) => `${name} (${model}, ${batch} x ${length})`;
  for (const entry of skipped) console.log(`SKIPPED ${place(entry)}: ${entry.reason}`);
  for (const entry of failed) console.log(`FAILED ${place(entry)}: ${entry.reason}`);
  if (options.json) writeJson(options.json, rows);
  const nothing = rows.length === 0 && !options.check;
  return failed.length > 0 || !agree || nothing ? 1 : 0;
}
