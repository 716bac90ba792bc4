/**
 * What the device can do at most, measured and not read from a data sheet: a kernel of multiply-adds in registers, and
 * a kernel that copies. Both are checked before they are timed.
 */
import { readFloats, timeDispatch, type Encode } from './timing';

export interface Peaks {
  /** 10^9 operations a second; a multiply-add is two. */
  gigaflops: number;
  /** 10^9 bytes a second, read and written counted. */
  gigabytes: number;
}

const GROUP = 256;
/** Independent chains of vec4 in each invocation: enough to hide the latency of an add, few enough for registers. */
const CHAINS = 8;
const STEPS = 512;
const FACTOR = 0.9990234375;
const ADDEND = 0.001953125;

const multiplyAddCode = `
@group(0) @binding(0) var<storage, read_write> output: array<f32>;
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  ${Array.from({ length: CHAINS }, (_, chain) => `var c${chain} = vec4<f32>(f32((id.x & 63u) + ${chain}u));`).join('\n  ')}
  let factor = vec4<f32>(${FACTOR});
  let addend = vec4<f32>(${ADDEND});
  for (var step = 0u; step < ${STEPS}u; step++) {
    ${Array.from({ length: CHAINS }, (_, chain) => `c${chain} = fma(c${chain}, factor, addend);`).join('\n    ')}
  }
  let sum = ${Array.from({ length: CHAINS }, (_, chain) => `c${chain}`).join(' + ')};
  output[id.x] = sum.x + sum.y + sum.z + sum.w;
}`;

const copyCode = `
@group(0) @binding(0) var<storage, read> source: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> output: array<vec4<f32>>;
@compute @workgroup_size(${GROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  for (var index = id.x; index < arrayLength(&output); index += groups.x * ${GROUP}u) { output[index] = source[index]; }
}`;

async function makePipeline(device: GPUDevice, code: string): Promise<GPUComputePipeline> {
  return device.createComputePipelineAsync({ layout: 'auto', compute: { module: device.createShaderModule({ code }), entryPoint: 'main' } });
}

function bind(device: GPUDevice, pipeline: GPUComputePipeline, buffers: GPUBuffer[]): GPUBindGroup {
  return device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: buffers.map((buffer, binding) => ({ binding, resource: { buffer } })),
  });
}

function encoderOf(pipeline: GPUComputePipeline, bindings: GPUBindGroup, groups: number): Encode {
  return (encoder) => {
    const pass = encoder.beginComputePass();
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(groups);
    pass.end();
  };
}

async function runOnce(device: GPUDevice, encode: Encode): Promise<void> {
  const encoder = device.createCommandEncoder();
  encode(encoder);
  device.queue.submit([encoder.finish()]);
  await device.queue.onSubmittedWorkDone();
}

/** What invocation `id` of the multiply-add kernel writes. */
function expectedSum(id: number): number {
  let sum = 0;
  for (let chain = 0; chain < CHAINS; chain++) {
    let value = (id & 63) + chain;
    for (let step = 0; step < STEPS; step++) value = value * FACTOR + ADDEND;
    sum += 4 * value;
  }
  return sum;
}

async function measureMultiplyAdd(device: GPUDevice, groups: number): Promise<number> {
  const invocations = groups * GROUP;
  const output = device.createBuffer({ size: invocations * 4, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const pipeline = await makePipeline(device, multiplyAddCode);
  const encode = encoderOf(pipeline, bind(device, pipeline, [output]), groups);
  await runOnce(device, encode);
  const values = await readFloats(device, output, invocations);
  for (const id of [0, 1, 63, invocations - 1]) {
    const expected = expectedSum(id);
    if (!(Math.abs((values[id] ?? NaN) - expected) <= 1e-3 * expected)) throw new Error(`Multiply-add kernel: ${values[id]} where ${expected} is expected.`);
  }
  const { bestSeconds } = await timeDispatch(device, encode);
  output.destroy();
  return (2 * 4 * CHAINS * STEPS * invocations) / bestSeconds / 1e9;
}

async function measureCopy(device: GPUDevice, floats: number, groups: number): Promise<number> {
  const source = device.createBuffer({ size: floats * 4, usage: GPUBufferUsage.STORAGE, mappedAtCreation: true });
  const given = new Float32Array(source.getMappedRange());
  for (let index = 0; index < floats; index++) given[index] = index & 0xffff;
  source.unmap();
  const output = device.createBuffer({ size: floats * 4, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const pipeline = await makePipeline(device, copyCode);
  const encode = encoderOf(pipeline, bind(device, pipeline, [source, output]), groups);
  await runOnce(device, encode);
  const values = await readFloats(device, output, floats);
  for (let index = 0; index < floats; index += 4099) {
    if (values[index] !== (index & 0xffff)) throw new Error(`Copy kernel: ${values[index]} at ${index}.`);
  }
  const { bestSeconds } = await timeDispatch(device, encode);
  source.destroy();
  output.destroy();
  return (2 * floats * 4) / bestSeconds / 1e9;
}

/** @param software a processor plays the device: less work, or it takes minutes */
export async function measurePeaks(device: GPUDevice, software: boolean): Promise<Peaks> {
  // Larger than any cache where the device allows it.
  const most = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize) / 4;
  const floats = Math.min(most, software ? 1 << 23 : 1 << 26) & ~3;
  return {
    gigaflops: await measureMultiplyAdd(device, software ? 64 : 8192),
    gigabytes: await measureCopy(device, floats, software ? 64 : 8192),
  };
}
