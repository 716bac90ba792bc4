/** Addresses of tfjs-wasm's binaries, as the builder names them. */
import plain from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';

export const wasmPaths: Record<string, string> = {
  'tfjs-backend-wasm.wasm': plain,
  'tfjs-backend-wasm-simd.wasm': simd,
  // Never loaded (threads are switched off), but tfjs wants an address for each of its three files.
  'tfjs-backend-wasm-threaded-simd.wasm': simd,
};
