/** Parquet, a column store: the code that reads it is fetched when the first such file is opened. */
import { fileEndings } from '../../../domain';
import { hasExtension, type FileFormat } from '../format';

export const parquet: FileFormat = {
  id: 'parquet',
  extensions: fileEndings.parquet,
  sniff: (fileName, sample) => {
    const magic = String.fromCharCode(...sample.subarray(0, 4));
    if (magic === 'PAR1' || magic === 'PARE') return 0.95;
    return hasExtension(fileName, fileEndings.parquet) && sample.includes(0) ? 0.6 : 0;
  },
  open: async (input) => (await import('./read')).openParquet(input),
};
