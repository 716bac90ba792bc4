/** What is said of each kernel. */
import type { Peaks } from './peaks';

export interface KernelRow {
  /** Kind of the instruction; a backend may make several dispatches of one. */
  kernel: string;
  shape: string;
  /** How often the step has it. */
  count: number;
  /** Null where it is wrong. */
  seconds: number | null;
  dispatches: number | null;
  /** Null where moving bytes is the work. */
  gigaflops: number | null;
  /** Of bytes that must be moved at least; null where arithmetic is the work. */
  gigabytes: number | null;
  /** Of the measured peak of its kind. */
  share: number | null;
  /** What is wrong with its results; a wrong kernel is not timed. */
  problem: string | null;
}

export interface KernelReport {
  device: string;
  peaks: Peaks;
  rows: KernelRow[];
}
