/** Logits of many rows, batch by batch, back in the rows' own order. */
import type { EngineSession } from '../engine';
import { evaluationBatches, padBatch, type EncodedRow } from '../text';

export interface PredictOptions {
  batchSize: number;
  padId: number;
  maximumLength: number;
  /** Called after each batch; may throw to end the work. */
  pause: (done: number) => Promise<void>;
}

export async function predictRows(session: EngineSession, rows: readonly EncodedRow[], options: PredictOptions): Promise<Float32Array[]> {
  const logits = new Array<Float32Array>(rows.length);
  let done = 0;
  for (const indices of evaluationBatches(rows.map(({ inputIds }) => inputIds.length), options.batchSize)) {
    const batch = padBatch(indices.flatMap((index) => rows[index] ?? []), options.padId, options.maximumLength);
    const output = await session.predict(batch);
    const width = output.length / batch.rows;
    indices.forEach((row, position) => {
      logits[row] = output.slice(position * width, (position + 1) * width);
    });
    done += indices.length;
    await options.pause(done);
  }
  return logits;
}
