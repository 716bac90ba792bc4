/**
 * A run is an append-only log of these events. Charts, the report, history and resume are read from it; there is no
 * second place where a run's truth lives.
 */
import type { ErrorData } from './errors';
import type { Recipe } from './recipe';
import type { DataFiles } from './dataFiles';
import type { DatasetCounts } from './dataset';
import type { Report } from './report';

/** Which engine computes. The bare names are our own engine's. */
export type BackendId = 'webgpu' | 'wasm' | 'tfjs-webgpu' | 'tfjs-wasm' | 'tfjs-cpu';

/** Why a faster device is not used; each has a sentence of its own (fault 12). */
export type DeviceRefusal =
  | 'insecure-page'
  | 'no-api'
  | 'no-adapter'
  | 'device-refused'
  | 'limits'
  | 'software-adapter'
  | 'no-simd'
  | 'start-timeout'
  | 'wrong-numbers'
  | 'slower'
  | 'not-chosen'
  | 'failed';

export interface DeviceDescription {
  backend: BackendId;
  /** Adapter name for a GPU, "CPU" otherwise; never empty. */
  name: string;
  /** Faster backends that were tried before and why each is not used. */
  refused: { backend: BackendId; reason: DeviceRefusal; detail: string }[];
  /** Threads that compute; null on a graphics card. */
  threads: number | null;
  /** What a small timed step gave on each device that was compared; empty where there was nothing to compare. */
  speeds: { backend: BackendId; tokensPerSecond: number }[];
}

/** Bytes a run needs on the device. */
export interface MemoryEstimate {
  weights: number;
  gradients: number;
  moments: number;
  activations: number;
  total: number;
}

export interface EventTime {
  /** Milliseconds since the epoch. */
  time: number;
}

export type RunEvent = EventTime &
  (
    | {
        kind: 'started';
        runId: string;
        recipe: Recipe;
        device: DeviceDescription;
        labels: string[];
        counts: DatasetCounts;
        /** The files it learnt from; absent in older logs. With the recipe they say whether the data have changed since. */
        files?: DataFiles;
        /** Share of the commonest training label among the test rows; null where a task has no single answer a row. */
        baselineAccuracy: number | null;
        baselineLabel: string;
        totalSteps: number;
        stepsPerEpoch: number;
        parameters: { total: number; trained: number };
        /** Fault 14: set where a run goes on from the best weights of another, with fresh moments. */
        continuedFrom: { runId: string; step: number } | null;
        /** What, besides the recipe, decides the bits: build, threads, kernel variants. A resumed run uses the same. */
        choices: Record<string, string>;
        /** Null where the engine cannot say beforehand. */
        memory: MemoryEstimate | null;
        version: string;
      }
    | {
        kind: 'stepped';
        step: number;
        /** Fraction of epochs done after this step. */
        epoch: number;
        loss: number;
        /** Null where a task has no single answer a row. */
        accuracy: number | null;
        learningRate: number;
        gradientNorm: number;
        /** Real tokens (attention mask 1) of the batch, and rows. */
        tokens: number;
        rows: number;
        seconds: number;
      }
    | {
        kind: 'evaluated';
        step: number;
        epoch: number;
        loss: number;
        accuracy: number | null;
        macroF1: number | null;
        /** The task's own figures by name; a log of an older version lacks them. The loss decides which weights are best. */
        scores?: Record<string, number | null>;
        seconds: number;
        best: boolean;
      }
    | { kind: 'checkpointed'; step: number; file: string; sha256: string; bytes: number }
    | { kind: 'warned'; step: number; warning: RunWarning }
    | { kind: 'paused'; step: number }
    /** Fault 15: the device went away after `lostAt`. What came after `step` is void; the run goes on from there. */
    | { kind: 'resumed'; step: number; lostAt: number; detail: string; device: DeviceDescription }
    | { kind: 'failed'; step: number; error: ErrorData }
    | {
        kind: 'finished';
        step: number;
        /** `diverged` follows a `failed` event: the best weights from before were kept and scored. */
        reason: 'completed' | 'early-stopping' | 'stopped' | 'max-steps' | 'diverged';
        bestStep: number;
        seconds: number;
        tokensPerSecond: number;
        rowsPerSecond: number;
        report: Report;
      }
  );

export type RunWarning =
  | { kind: 'one-answer'; label: string }
  | { kind: 'not-saved' }
  | { kind: 'short-validation'; rows: number }
  /** Fault 13: a kernel's numbers were off, so another device computes. */
  | { kind: 'wrong-numbers'; device: string; kernel: string; size: string; difference: number; allowed: number }
  /** The device had no room for a whole batch: this many rows are computed at once, and their gradients added up. */
  | { kind: 'smaller-batches'; rows: number };
