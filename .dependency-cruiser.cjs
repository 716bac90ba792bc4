/**
 * Imports point one way: app -> workers -> training, export, storage -> tasks, models, engine -> text, data -> domain.
 * A folder may import any to its right; inside a group only what the design names. Type imports count.
 */
const groups = [['app'], ['workers'], ['training', 'export', 'storage'], ['tasks', 'models', 'engine'], ['text', 'data'], ['domain']];
/** Within a group: who may import whom. */
const neighbours = { tasks: ['models', 'engine'], models: ['engine'], data: ['text'] };

const forbidden = groups.flatMap((group, level) =>
  group.map((folder) => {
    const allowed = [folder, ...(neighbours[folder] ?? []), ...groups.slice(level + 1).flat()].filter((other) => folder !== 'app' || other !== 'engine');
    return {
      name: `${folder}-imports-to-the-right`,
      severity: 'error',
      comment: `${folder} may import ${allowed.join(', ')} only`,
      from: { path: `^src/${folder}/`, pathNot: '/testing/' },
      to: { path: '^src/', pathNot: `^src/(${allowed.join('|')})/` },
    };
  }),
);

module.exports = {
  forbidden: [
    ...forbidden,
    {
      name: 'only-through-the-index',
      severity: 'error',
      comment: "A folder's index.ts says what others may use; workers are entry points of their own",
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/([^/]+)/.+', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$', '^src/workers/', '\\.fixture\\.ts$'] },
    },
    {
      name: 'fixtures-are-for-tests',
      severity: 'error',
      comment: 'What tests share across folders is no part of the product',
      from: { pathNot: ['\\.fixture\\.ts$', '/(testTable|fuzzImport)\\.ts$'] },
      to: { path: '\\.fixture\\.ts$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unlisted-packages', severity: 'error', from: { path: '^src/' }, to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] } },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    // AssemblyScript is another language: its compiler resolves its imports.
    exclude: { path: '\\.test\\.ts$|/assembly/|/assembly\\.ts$' },
  },
};
