/** Test rows scored a second time on another device, and whether the scores are the same but for rounding. */
import type { Backend, Tensor } from '../engine';
import { Classifier, type ClassifierOptions } from './classifier';
import { predictRows } from './predict';

const ROWS = 32;

/** Of the largest score, and beside it: what two right devices may differ by after many layers in float32. */
const RELATIVE = 1e-2;
const ABSOLUTE = 1e-3;

/** NaN is the largest difference there is. */
export function largestLogitDifference(some: readonly Float32Array[], others: readonly Float32Array[]): { difference: number; allowed: number } {
  let difference = 0;
  let largest = 0;
  others.forEach((row, index) =>
    row.forEach((expected, label) => {
      const apart = Math.abs((some[index]?.[label] ?? NaN) - expected);
      if (!(apart <= difference)) difference = Number.isNaN(apart) ? Infinity : apart;
      largest = Math.max(largest, Math.abs(expected));
    }),
  );
  return { difference, allowed: RELATIVE * largest + ABSOLUTE };
}

/** @returns null where the other device cannot start or has no room: a check that cannot be made is no fault of the run */
export async function scoreOnReference(start: () => Promise<Backend>, options: ClassifierOptions, parameters: ReadonlyMap<string, Tensor>): Promise<Float32Array[] | null> {
  let backend: Backend | null = null;
  let reference: Classifier | null = null;
  try {
    backend = await start();
    reference = new Classifier({ ...options, backend, frozen: true });
    reference.session.writeParameters(parameters);
    const { padId, maximumLength } = reference;
    return await predictRows(reference.session, reference.sides.test.slice(0, ROWS), { batchSize: ROWS, padId, maximumLength, pause: async () => undefined });
  } catch {
    return null;
  } finally {
    reference?.dispose();
    backend?.dispose();
  }
}
