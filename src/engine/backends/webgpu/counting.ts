/**
 * Counts what a library asks of a WebGPU device: this engine's own, or any other that is handed the device.
 *
 * The device's methods (and those of what it makes) are replaced on the objects themselves. A JavaScript Proxy would
 * not do: WebGPU's own methods accept real objects only, so a library that passes a wrapped buffer on would fail.
 */

export interface DeviceCounts {
  dispatches: number;
  submits: number;
  buffersCreated: number;
  bindGroupsCreated: number;
  /** By writeBuffer, and in buffers that were mapped for writing. */
  bytesUploaded: number;
  bytesReadBack: number;
  /** Buffers made and not destroyed. */
  bytesAllocated: number;
}

export interface CountedDevice {
  device: GPUDevice;
  /** As they are now; a copy. */
  counts(): DeviceCounts;
}

const MODE_READ = 1;
const counted = new WeakMap<GPUDevice, CountedDevice>();

function countBuffer(buffer: GPUBuffer, counts: DeviceCounts): void {
  counts.buffersCreated++;
  counts.bytesAllocated += buffer.size;
  let alive = true;
  const destroy = buffer.destroy.bind(buffer);
  buffer.destroy = () => {
    if (alive) counts.bytesAllocated -= buffer.size;
    alive = false;
    destroy();
  };
  const mapAsync = buffer.mapAsync.bind(buffer);
  buffer.mapAsync = (mode, offset = 0, size = buffer.size - offset) => {
    if (mode === MODE_READ) counts.bytesReadBack += size;
    else counts.bytesUploaded += size;
    return mapAsync(mode, offset, size);
  };
}

function countEncoder(encoder: GPUCommandEncoder, counts: DeviceCounts): void {
  const begin = encoder.beginComputePass.bind(encoder);
  encoder.beginComputePass = (descriptor) => {
    const pass = descriptor ? begin(descriptor) : begin();
    const dispatch = pass.dispatchWorkgroups.bind(pass);
    pass.dispatchWorkgroups = (x, y, z) => {
      counts.dispatches++;
      dispatch(x, y, z);
    };
    const indirect = pass.dispatchWorkgroupsIndirect.bind(pass);
    pass.dispatchWorkgroupsIndirect = (buffer, offset) => {
      counts.dispatches++;
      indirect(buffer, offset);
    };
    return pass;
  };
}

/** Size of what writeBuffer copies: sizes of typed arrays are given in elements, all others in bytes. */
function uploadedBytes(data: ArrayBufferLike | ArrayBufferView, dataOffset = 0, size?: number): number {
  const unit = ArrayBuffer.isView(data) && 'BYTES_PER_ELEMENT' in data ? Number(data.BYTES_PER_ELEMENT) : 1;
  return size === undefined ? data.byteLength - dataOffset * unit : size * unit;
}

function countQueue(queue: GPUQueue, counts: DeviceCounts): void {
  const submit = queue.submit.bind(queue);
  queue.submit = (commands) => {
    counts.submits++;
    return submit(commands);
  };
  const writeBuffer = queue.writeBuffer.bind(queue);
  queue.writeBuffer = (buffer: GPUBuffer, offset: number, data: GPUAllowSharedBufferSource, dataOffset?: number, size?: number) => {
    counts.bytesUploaded += uploadedBytes(data, dataOffset, size);
    return writeBuffer(buffer, offset, data, dataOffset ?? 0, size);
  };
}

/** Counts from now on. A device that is counted already keeps its one set of counts. */
export function countDevice(device: GPUDevice): CountedDevice {
  const known = counted.get(device);
  if (known) return known;
  const counts: DeviceCounts = { dispatches: 0, submits: 0, buffersCreated: 0, bindGroupsCreated: 0, bytesUploaded: 0, bytesReadBack: 0, bytesAllocated: 0 };
  const { queue } = device;
  countQueue(queue, counts);
  // Dawn for Node makes a new object of the queue each time it is asked for.
  Object.defineProperty(device, 'queue', { value: queue, configurable: true });
  const createBuffer = device.createBuffer.bind(device);
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer(descriptor);
    countBuffer(buffer, counts);
    if (descriptor.mappedAtCreation) counts.bytesUploaded += descriptor.size;
    return buffer;
  };
  const createBindGroup = device.createBindGroup.bind(device);
  device.createBindGroup = (descriptor) => {
    counts.bindGroupsCreated++;
    return createBindGroup(descriptor);
  };
  const createCommandEncoder = device.createCommandEncoder.bind(device);
  device.createCommandEncoder = (descriptor) => {
    const encoder = descriptor ? createCommandEncoder(descriptor) : createCommandEncoder();
    countEncoder(encoder, counts);
    return encoder;
  };
  const made: CountedDevice = { device, counts: () => ({ ...counts }) };
  counted.set(device, made);
  return made;
}
