/** The export under way or ready. Blob addresses are given back when another export starts. */
import { create } from 'zustand';
import type { ErrorData } from '../../domain';
import type { Progress } from '../../workers';

export interface ReadyExport {
  files: { name: string; address: string; bytes: number }[];
  check: { rows: number; largestDifference: number };
}

export interface ExportState {
  working: boolean;
  progress: Progress | null;
  ready: ReadyExport | null;
  error: ErrorData | null;
}

export const emptyExport: ExportState = { working: false, progress: null, ready: null, error: null };

export const useExport = create<ExportState>(() => emptyExport);
