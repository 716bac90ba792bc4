/** `manifest.json` of a model that comes with the page: its files, their sizes and hashes; weights cut into slices. */
import * as v from 'valibot';

/** Largest weights that a browser tab can hold beside their gradients; a manifest asking for more is refused. */
const MAXIMUM_WEIGHT_BYTES = 2_000_000_000;
const MAXIMUM_FILE_BYTES = 64_000_000;

/** A plain name: it becomes part of an address, and must not lead out of the model's folder. */
const fileName = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-][A-Za-z0-9._-]*$/));
const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const byteCount = (maximum: number) => v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maximum));

const pieceSchema = v.object({ file: fileName, bytes: byteCount(MAXIMUM_FILE_BYTES), sha256 });

export const modelManifestSchema = v.object({
  format: v.literal(1),
  id: fileName,
  weights: v.pipe(
    v.object({
      file: fileName,
      bytes: byteCount(MAXIMUM_WEIGHT_BYTES),
      sha256,
      /** In order; joined they are `file`. */
      slices: v.array(pieceSchema),
    }),
    v.check(({ bytes, slices }) => slices.reduce((total, slice) => total + slice.bytes, 0) === bytes),
  ),
  files: v.array(pieceSchema),
});
export type ModelManifest = v.InferOutput<typeof modelManifestSchema>;
export type ModelPiece = v.InferOutput<typeof pieceSchema>;
