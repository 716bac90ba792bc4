/** Docs cannot drift: every file they name exists, and no source file outgrows its one subject. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const documents = ['README.md', 'ARCHITECTURE.md', ...readdirSync('docs').filter((name) => name.endsWith('.md')).map((name) => join('docs', name)), 'parity/README.md', 'public/samples/README.md'];
const TOP_FOLDERS = /^(src|e2e|parity|scripts|docs|public|bench|\.ci)\//;

describe('documents', () => {
  it.each(documents)('%s names only files that exist', (document) => {
    const text = readFileSync(document, 'utf8');
    const links = [...text.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target]) => target ?? '').filter((target) => !target.includes('://'));
    const paths = [...text.matchAll(/`([\w./-]+)`/g)].map(([, path]) => path ?? '').filter((path) => TOP_FOLDERS.test(path));
    const missing = [...links.filter((link) => !existsSync(join(dirname(document), link))), ...paths.filter((path) => !existsSync(path))];
    expect(missing).toEqual([]);
  });
});

describe('source files', () => {
  const walk = (folder: string): string[] => readdirSync(folder).flatMap((name) => (statSync(join(folder, name)).isDirectory() ? walk(join(folder, name)) : [join(folder, name)]));
  it('stay under 400 lines', () => {
    const long = ['src', 'e2e', 'scripts', 'parity'].flatMap(walk).filter((path) => /\.(ts|tsx|mjs|py|css)$/.test(path));
    const lines = (path: string) => readFileSync(path, 'utf8').split('\n').length;
    expect(long.filter((path) => lines(path) > 400)).toEqual([]);
  });
});
