/**
 * Who is measured, and what each needs. `policy: 'loose'` lets a library start workers from blob addresses, which the
 * product's own policy forbids; those peers are served under other headers. `kernels`: ours, whose kernels can be run one by one. How each starts: `bench/page/starters.ts`.
 */
const browser = (name, gpu = false, policy = 'strict') => ({ name, runs: 'browser', gpu, policy, kernels: false });
const ours = (name, gpu = false) => ({ ...browser(name, gpu), kernels: true });

export const peers = [
  ours('webgpu', true),
  ours('wasm'),
  ours('wasm-threads'),
  ours('wasm-one-thread'),
  ours('wasm-single'),
  browser('tfjs-webgpu', true),
  browser('tfjs-wasm'),
  browser('jax-webgpu', true, 'loose'),
  browser('jax-wasm', false, 'loose'),
  { name: 'pytorch', runs: 'python', gpu: false, policy: null, kernels: false },
];
