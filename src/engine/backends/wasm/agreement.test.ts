/** The host and the module are written in two languages: numbers that both must know are compared here. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { RESULTS, SCALARS } from '../../plan/tensor';
import { CONFIGURE, OPCODES } from './opcodes';

async function constantsIn(file: string): Promise<Map<string, number>> {
  const text = await readFile(new URL(`./assembly/${file}`, import.meta.url), 'utf8');
  return new Map([...text.matchAll(/^export const (\w+): i32 = (\d+);$/gm)].map(([, name, value]) => [name ?? '', Number(value)]));
}

const withoutUnderscores = (name: string) => name.replaceAll('_', '').toLowerCase();

describe('the module and the host agree', () => {
  it('on every operation', async () => {
    const renamed: Record<string, string> = {
      LINEAR_FORWARD: 'linear',
      ACTIVATION_FORWARD: 'applyActivation',
      ACTIVATION_BACKWARD: 'activationGradient',
      ATTENTION_FORWARD: 'attention',
      ATTENTION_BACKWARD: 'attentionGradient',
    };
    const module = [...(await constantsIn('opcodes.ts'))].map(([name, value]) => [withoutUnderscores(renamed[name] ?? name), value]);
    const host = Object.entries({ ...OPCODES, configure: CONFIGURE }).map(([name, value]) => [name.toLowerCase(), value]);
    expect(Object.fromEntries(module)).toEqual(Object.fromEntries(host));
    expect(new Set(host.map(([, value]) => value)).size).toBe(host.length);
  });

  it('on the places of scalars and results', async () => {
    const module = [...(await constantsIn('stepWords.ts'))].map(([name, value]) => [withoutUnderscores(name), value]);
    const host = Object.entries({ ...SCALARS, ...RESULTS }).map(([name, value]) => [name.toLowerCase(), value]);
    expect(Object.fromEntries(module)).toEqual(Object.fromEntries(host));
  });
});
