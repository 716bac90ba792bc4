/** The global norm of all gradients, and torch's clipping coefficient (torch.nn.utils.clip_grad_norm_). */
import type { TensorId } from '../../plan/tensor';

/** One chunk's sum of squares goes to one partial, so a partial that is not finite says which tensor is to blame. */
export const CHUNK_ELEMENTS = 16384;

/**
 * partials[firstChunk + k] = sum of squares of chunk k. A chunk is at most CHUNK_ELEMENTS elements of one flat gradient
 * buffer: `chunks` rows of (first element, elements) in `chunkTable` [all chunks, 2], which never cross a tensor.
 */
export interface SquaredNorm {
  kind: 'squaredNorm';
  reads: { gradients: TensorId; chunkTable: TensorId };
  writes: { partials: TensorId };
  firstChunk: number;
  chunks: number;
}

/**
 * Writes results: gradientNorm = sqrt(sum of partials, in order), clipCoefficient, nonFiniteChunk (see RESULTS). A loss
 * that is not finite counts as chunk 0 and sets the coefficient to 0 too, whatever the norm.
 */
export interface FinishNorm {
  kind: 'finishNorm';
  reads: { partials: TensorId; scalars: TensorId; results: TensorId };
  writes: { results: TensorId };
  chunks: number;
}
