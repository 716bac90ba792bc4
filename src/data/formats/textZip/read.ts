/** An archive of text files in folders. */
import { openArchive, unpackWhole } from '../../archive';
import { readWhole } from '../../fileSource';
import type { FormatInput, RowBatch, RowSource } from '../format';
import { openTextFiles } from './files';

export async function openTextArchive(input: FormatInput): Promise<RowSource> {
  const fileName = input.file.name;
  const bytes = await readWhole(input.file);
  const archive = await openArchive(bytes, fileName);
  const looksLike = archive.files.some(({ name }) => name.startsWith('word/')) ? 'DOCX' : 'ZIP';
  const files = archive.files.map((file) => ({ name: file.name, end: file.offset, read: () => unpackWhole(file) }));
  const source = openTextFiles(fileName, bytes.length, files, looksLike);

  async function* rows(): AsyncGenerator<RowBatch> {
    yield* source.rows();
    await archive.close();
  }

  return { ...source, rows };
}
