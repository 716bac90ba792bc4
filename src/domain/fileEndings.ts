/**
 * Endings of the files that can be read, without the dot, by the folder of their format in `data/formats`. Here and not
 * there, so that the page can name them without fetching the code that reads files.
 */
export const fileEndings = {
  csv: ['csv', 'tsv', 'tab', 'txt', 'psv', 'ssv'],
  json: ['jsonl', 'ndjson', 'json'],
  fastText: ['ft', 'fasttext'],
  conll: ['conll', 'bio', 'iob', 'iob2', 'ner'],
  xlsx: ['xlsx', 'xlsm'],
  parquet: ['parquet', 'pq'],
  textZip: ['zip'],
} as const satisfies Record<string, readonly string[]>;

/** Endings of all formats, for a file chooser. */
export function fileExtensions(): string[] {
  return Object.values(fileEndings).flat();
}
