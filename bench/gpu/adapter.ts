/**
 * WebGPU in Node: Dawn, from the `webgpu` package, in the places where a browser would have it, so that every library
 * finds it. Must run before any of them is loaded.
 */
import { create, globals } from 'webgpu';

/** @throws Error where there is no adapter */
export async function installWebgpu(): Promise<void> {
  Object.assign(globalThis, globals);
  const gpu = create([]);
  const given: Record<string, unknown> = { gpu, userAgent: 'Node', hardwareConcurrency: 1 };
  Object.defineProperty(globalThis, 'navigator', { value: given, configurable: true });
  Object.defineProperty(globalThis, 'isSecureContext', { value: true, configurable: true });
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('No WebGPU adapter: a Vulkan loader (libvulkan.so.1) and a driver are needed; VK_DRIVER_FILES may name one.');
}
