/** The short version of `scripts/fuzz-import.mjs`. */
import { expect, it } from 'vitest';
import { fuzzFault, seedFiles, tableFault } from './fuzzImport';
import { read } from './testTable';

it('gives a sound table or a typed error for 2,000 damaged files, none of which hangs', async () => {
  const seeds = await seedFiles();
  const faults: string[] = [];
  let slowest = 0;
  for (let number = 0; number < 2_000; number += 1) {
    const begin = performance.now();
    const fault = await fuzzFault(seeds, number);
    slowest = Math.max(slowest, performance.now() - begin);
    if (fault !== null) faults.push(`${number}: ${fault}`);
  }
  expect(faults).toEqual([]);
  // Measured by the script; here other tests run beside this one.
  expect(slowest).toBeLessThan(30_000);
});

it('would notice a table that does not add up', async () => {
  const table = await read('text,label\na,x\nb,y\n');
  expect(tableFault(table)).toBeNull();
  expect(tableFault({ ...table, rowsInFile: 3 })).not.toBeNull();
  expect(tableFault({ ...table, columns: [{ name: 'a', cells: ['x'] }] })).not.toBeNull();
  expect(tableFault({ ...table, rowNumbers: Uint32Array.of(3, 2) })).not.toBeNull();
  expect(tableFault({ ...table, setAside: [{ row: 2, reason: 'damaged', cells: [] }], rowsInFile: 3 })).not.toBeNull();
});
