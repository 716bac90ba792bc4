/** Every key that the page itself keeps between visits, in one place. Projects are kept by the project worker. */

export type Language = 'en' | 'zh';
export type Theme = 'light' | 'dark' | 'system';
/** What a person lets the model compute with. tfjs on a processor without SIMD is a last resort and no choice. */
export const computeChoices = ['automatic', 'webgpu', 'wasm', 'tfjs-webgpu', 'tfjs-wasm'] as const;
export type ComputeChoice = (typeof computeChoices)[number];

const keys = { language: 'anneal.language', theme: 'anneal.theme', computeWith: 'anneal.compute-with' } as const;
export type PersistedName = keyof typeof keys;

/** Storage can be refused (private windows, policies); the page then works with defaults. */
export function readPersisted(name: PersistedName): string | null {
  try {
    return localStorage.getItem(keys[name]);
  } catch {
    return null;
  }
}

export function writePersisted(name: PersistedName, value: string): void {
  try {
    localStorage.setItem(keys[name], value);
  } catch {
    // Nothing depends on it: the choice then lasts as long as the page.
  }
}

export function clearPersisted(): void {
  try {
    for (const key of Object.values(keys)) localStorage.removeItem(key);
  } catch {
    // As above.
  }
}

export function themeFrom(stored: string | null): Theme {
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** A name that is unknown, such as one of a later version, is the automatic choice. */
export function computeChoiceFrom(stored: string | null): ComputeChoice {
  return computeChoices.find((choice) => choice === stored) ?? 'automatic';
}

export function languageFrom(stored: string | null): Language {
  if (stored === 'en' || stored === 'zh') return stored;
  const preferred = globalThis.navigator?.languages ?? [];
  const known = preferred.find((tag) => /^(zh|en)\b/i.test(tag));
  return known?.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}
