/** Before all tests: the engine's WASM modules. */
export { buildWasm as setup } from './build-wasm.mjs';
