/**
 * Characters a second that one worker tokenises, in English and in Chinese, with the tokenizers of the bundled models:
 *   node scripts/measure-tokenizer.mjs [--rounds 5]
 * Texts are the samples' own, repeated. Goals: 1 M characters/s in English, 0.7 M in Chinese.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const characters = 2_000_000;

/** The first column of a sample, up to so many characters. */
function textsOf(file) {
  const lines = readFileSync(join('public/samples', file), 'utf8').trim().split('\n').slice(1);
  const texts = lines.map((line) => line.slice(0, line.lastIndexOf(',')).replaceAll('"', ''));
  const found = [];
  for (let length = 0, index = 0; length < characters; index += 1) {
    // Numbered, so that nothing is answered from a memory of whole texts.
    const text = `${index} ${texts[index % texts.length]}`;
    found.push(text);
    length += text.length;
  }
  return found;
}

const { build } = await import('vite');
// Inside the repository, so that packages are found from the bundle.
const folder = mkdtempSync(join(process.cwd(), 'node_modules', '.tokenizer-'));
try {
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: 'src/text/index.ts', outDir: folder, target: 'node20', rollupOptions: { output: { entryFileNames: 'text.mjs' } } },
  });
  const { TextTokenizer } = await import(pathToFileURL(join(folder, 'text.mjs')).href);
  const read = (model, name) => JSON.parse(readFileSync(join('public/models', model, name), 'utf8'));
  for (const [model, language, file] of [
    ['all-MiniLM-L6-v2', 'English', 'support-intents-en.csv'],
    ['all-MiniLM-L6-v2', 'Chinese', 'support-intents-zh.csv'],
    ['bge-small-zh-v1.5', 'Chinese', 'support-intents-zh.csv'],
  ]) {
    const tokenizer = new TextTokenizer(read(model, 'tokenizer.json'), read(model, 'tokenizer_config.json'));
    const texts = textsOf(file);
    const length = texts.reduce((sum, text) => sum + text.length, 0);
    const speeds = [];
    for (let round = 0; round < Number(values.rounds); round += 1) {
      const begin = performance.now();
      for (const text of texts) tokenizer.encode(text, null, Infinity);
      speeds.push((length / (performance.now() - begin)) * 1000);
    }
    speeds.sort((left, right) => left - right);
    const write = (speed) => `${(speed / 1e6).toFixed(2)} M`;
    console.log(`${language}, ${model}: ${write(speeds[Math.floor(speeds.length / 2)] ?? 0)} characters/s (best ${write(speeds.at(-1) ?? 0)})`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
