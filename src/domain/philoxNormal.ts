/** Normal numbers from the counter-based generator, by Box and Muller's transform (1958). */
import { uniform } from './philox';

/** `length` standard normal numbers of a stream; element i depends on seed, stream and i only. */
export function philoxNormal(length: number, seed: number, stream: number): Float32Array {
  const values = new Float32Array(length);
  for (let index = 0; index < length; index += 2) {
    // 1 - u lies in (0, 1], so its logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(1 - uniform(seed, stream, index)));
    const angle = 2 * Math.PI * uniform(seed, stream, index + 1);
    values[index] = radius * Math.cos(angle);
    values[index + 1] = radius * Math.sin(angle);
  }
  return values;
}
