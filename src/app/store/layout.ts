/** Which place takes the whole width, and whether charts are read as tables. */
import { create } from 'zustand';

export type PlaceName = 'data' | 'training' | 'result';

interface LayoutState {
  wide: PlaceName | null;
  chartsAsTables: boolean;
  setWide: (place: PlaceName | null) => void;
  toggleTables: () => void;
}

export const useLayout = create<LayoutState>((set) => ({
  wide: null,
  chartsAsTables: false,
  setWide: (wide) => set({ wide }),
  toggleTables: () => set(({ chartsAsTables }) => ({ chartsAsTables: !chartsAsTables })),
}));
