/** A software adapter in Node, for tests: Dawn (the `webgpu` package) on the SwiftShader that Chromium ships. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** dlopen's flags on Linux: now, for everyone, and never unloaded. */
const RTLD_NOW_GLOBAL_NODELETE = 0x2 | 0x100 | 0x1000;

/**
 * SwiftShader writes out the zeros of workgroup memory one by one: a kernel with 16 KiB of it takes 5 s to compile, and
 * 15 ms without them. No kernel here relies on those zeros.
 */
const QUICK_TO_COMPILE = ['enable-dawn-features=disable_workgroup_init'];

/** Kept for the life of the process: Dawn ends with it. */
let created: GPU | null | undefined;
let reason = '';

/**
 * The Vulkan loader is beside Chromium too, where no system path leads. Loading it as a Node module fails, as it is
 * none, but leaves it in the process, where Dawn finds it by its name.
 */
function loadVulkan(folder: string): void {
  const loader = join(folder, 'libvulkan.so.1');
  if (!existsSync(loader)) return;
  try {
    process.dlopen({ exports: {} }, loader, RTLD_NOW_GLOBAL_NODELETE);
  } catch {
    // As expected: "Module did not self-register".
  }
}

async function chromiumFolder(): Promise<string> {
  const { findChromium } = await import('../../../../scripts/browser.mjs');
  const { realpathSync } = await import('node:fs');
  const found: string = findChromium();
  const candidates = [dirname(realpathSync(found)), dirname(found), '/usr/lib/chromium', '/usr/lib/chromium-browser'];
  const folder = candidates.find((candidate) => existsSync(join(candidate, 'vk_swiftshader_icd.json')));
  if (!folder) throw new Error(`No vk_swiftshader_icd.json beside ${found}.`);
  return folder;
}

/** Null where there is no software adapter; `softwareGpuReason` then says why, for the name of the skipped test. */
export async function softwareGpu(): Promise<GPU | null> {
  if (created !== undefined) return created;
  try {
    const folder = await chromiumFolder();
    process.env.VK_ICD_FILENAMES = join(folder, 'vk_swiftshader_icd.json');
    loadVulkan(folder);
    const { create } = await import('webgpu');
    const gpu = create(QUICK_TO_COMPILE);
    const adapter = await gpu.requestAdapter();
    if (!adapter) throw new Error('Dawn finds no adapter.');
    created = gpu;
  } catch (thrown) {
    reason = thrown instanceof Error ? thrown.message : String(thrown);
    created = null;
  }
  return created;
}

export function softwareGpuReason(): string {
  return reason;
}
