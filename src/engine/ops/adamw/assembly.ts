/** AdamW over a flat buffer. Memory sets its speed: four streams are read and three written. */
import { floatAt, integerAt, pointerAt } from '../../backends/wasm/assembly/arguments';
import { multiplyAdd } from '../../backends/wasm/assembly/lanes';
import { loadSome, storeSome } from '../../backends/wasm/assembly/runs';
import { BETA_1, BETA_2, CLIP_COEFFICIENT, CORRECTION_1, CORRECTION_2, EPSILON, LEARNING_RATE, WEIGHT_DECAY } from '../../backends/wasm/assembly/stepWords';
import { nextTicket } from '../../backends/wasm/assembly/threads';

/** Floats per ticket. */
const CHUNK: i32 = 16384;
/** First moments below this are stored as 0. */
const SMALLEST: f32 = 1e-30;

// The step's constants: each thread has an instance, and so these, of its own.
let clip: f32 = 0;
let beta1: f32 = 0;
let beta2: f32 = 0;
let rate: f32 = 0;
let secondScale: f32 = 0;
let epsilon: f32 = 0;

/** `kept`: what decay leaves of a parameter. */
function update(parameter: usize, gradient: usize, first: usize, second: usize, count: i32, kept: f32): void {
  const clips = f32x4.splat(clip);
  const betas1 = f32x4.splat(beta1);
  const betas2 = f32x4.splat(beta2);
  const rest1 = f32x4.splat(1 - beta1);
  const rest2 = f32x4.splat(1 - beta2);
  const rates = f32x4.splat(rate);
  const scales = f32x4.splat(secondScale);
  const epsilons = f32x4.splat(epsilon);
  const smallest = f32x4.splat(SMALLEST);
  const keeps = f32x4.splat(kept);
  for (let left = count; left > 0; left -= 4) {
    const g = f32x4.mul(loadSome(gradient, left), clips);
    let m = multiplyAdd(rest1, g, f32x4.mul(betas1, loadSome(first, left)));
    m = v128.and(m, f32x4.ge(f32x4.abs(m), smallest));
    const v = multiplyAdd(rest2, f32x4.mul(g, g), f32x4.mul(betas2, loadSome(second, left)));
    storeSome(first, m, left);
    storeSome(second, v, left);
    const step = f32x4.div(f32x4.mul(rates, m), multiplyAdd(f32x4.sqrt(v), scales, epsilons));
    storeSome(parameter, f32x4.sub(f32x4.mul(loadSome(parameter, left), keeps), step), left);
    parameter += 16;
    gradient += 16;
    first += 16;
    second += 16;
  }
}

/** Arguments: parameters, gradients, firstMoments, secondMoments, scalars, results, elements, decayedElements. */
export function adamw(args: usize, _thread: i32, _threads: i32): void {
  const scalars = pointerAt(args, 4);
  clip = floatAt(pointerAt(args, 5), CLIP_COEFFICIENT);
  // Nothing at all is done where the gradient was not finite.
  if (clip == 0) return;
  beta1 = floatAt(scalars, BETA_1);
  beta2 = floatAt(scalars, BETA_2);
  epsilon = floatAt(scalars, EPSILON);
  const learningRate = <f64>floatAt(scalars, LEARNING_RATE);
  rate = <f32>(learningRate / <f64>floatAt(scalars, CORRECTION_1));
  secondScale = <f32>(1 / sqrt<f64>(<f64>floatAt(scalars, CORRECTION_2)));
  const kept = <f32>(1 - learningRate * <f64>floatAt(scalars, WEIGHT_DECAY));
  const elements = integerAt(args, 6);
  const decayed = integerAt(args, 7);
  for (let start = nextTicket(0) * CHUNK; start < elements; start = nextTicket(0) * CHUNK) {
    const end = min(start + CHUNK, elements);
    // The one chunk in which decay ends is done in two parts.
    const border = max(start, min(decayed, end));
    if (border > start) updateFrom(args, start, border - start, kept);
    if (end > border) updateFrom(args, border, end - border, 1);
  }
}

function updateFrom(args: usize, start: i32, count: i32, kept: f32): void {
  const offset = <usize>start << 2;
  update(pointerAt(args, 0) + offset, pointerAt(args, 1) + offset, pointerAt(args, 2) + offset, pointerAt(args, 3) + offset, count, kept);
}
