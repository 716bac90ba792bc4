/** The device, the base model on it, and the time a run would take. */
import { create } from 'zustand';
import type { DeviceDescription, ErrorData } from '../../domain';
import type { DeviceEstimate, Progress } from '../../workers';

export interface DeviceState {
  device: DeviceDescription | null;
  modelReady: boolean;
  progress: Progress | null;
  estimate: DeviceEstimate | null;
  estimating: boolean;
  error: ErrorData | null;
}

export const useDevice = create<DeviceState>(() => ({
  device: null,
  modelReady: false,
  progress: null,
  estimate: null,
  estimating: false,
  error: null,
}));
