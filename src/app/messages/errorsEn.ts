/** Errors in English. No blame, no jargon, no stack traces. */
import { formatFor } from '../format';
import { rows } from './countEn';
import type { FileDamage } from '../../domain';
import { deviceEn } from './deviceEn';
import type { ErrorMessages } from './errorText';

const { number, bytes, list, rate } = formatFor('en');
/** Encodings as people know them. */
const encodingOf = (name: string) => (name === 'gb18030' ? 'GBK' : name.toUpperCase());
const columnsOf = (columns: readonly string[]) => `columns: ${columns.slice(0, 12).join(', ')}`;

/** The broken rule of a weights file in plain words; unknown rules keep their own name. */
const fileRules: Record<string, string> = {
  'header-length': 'its header claims to be longer than the file or the limit',
  'not-json': 'its header is not JSON',
  overlap: 'two tensors claim the same bytes',
  gap: 'bytes between two tensors belong to none',
  'past-end': 'a tensor reaches past the end of the file',
  size: 'a tensor’s shape does not fit its bytes',
  dtype: 'a tensor has an unknown number format',
  'not-finite': 'a tensor holds values that are no numbers',
};

/** What is wrong with a file of a known kind, in plain words. */
const damages: Record<FileDamage, string> = {
  'cut-short': 'it ends too early',
  'not-json': 'what stands there is not JSON',
  'not-object': 'a row is not an object with named values',
  'too-many-columns': 'it has more different names than a table can have columns',
  'not-tagged': 'a line holds no tag',
  'bad-archive': 'it is damaged as an archive',
  checksum: 'its contents do not fit their checksum',
  encrypted: 'it is protected by a password',
  'too-large': 'it holds more than can be read here',
  'missing-part': 'a part of it is missing',
  'missing-sheet': 'it has no such sheet',
  'not-xml': 'a part of it cannot be read',
  'bad-cell': 'a cell cannot be read',
  'bad-structure': 'its description and its contents do not fit together',
  unsupported: 'it is packed in a way that is not known here',
  'not-text': 'a value holds bytes that are no text',
};

const crashed: Record<'project' | 'training', string> = {
  project: 'The part that reads files and keeps the project stopped answering.',
  training: 'The part that trains stopped answering, probably out of memory.',
};

export const errorsEn: ErrorMessages = {
  'data.no-rows': ({ file, kind, columns, looksLike }) => ({
    cause: {
      'zero-bytes': `${file} is empty (0 bytes).`,
      'header-only': `${file} has a header (${columnsOf(columns ?? [])}) but no rows.`,
      'blank-lines': `${file} holds blank lines only.`,
      'empty-list': `${file} holds an empty list.`,
      'not-a-table':
        looksLike === 'folder'
          ? `${file} is a folder without subfolders of text files, one a label.`
          : `${file} is not a table${looksLike ? ` (it looks like ${looksLike})` : ''}.`,
    }[kind],
    place: file,
    todo: 'Choose another file, or try a sample.',
  }),
  'data.one-column': ({ file, columns }) => ({
    cause: `${file} has one column only, so there is no label beside the text.`,
    place: columnsOf(columns),
    todo: 'Choose a file with a text column and a label column, or read it with another separator.',
  }),
  'data.too-few-classes': ({ column, rows: total, value, candidates }) => ({
    cause: `Column “${column}” holds one value only in all ${rows(total)}. A classifier needs two.`,
    place: `column ${column}, value “${value}”`,
    todo: candidates.length > 0 ? 'Pick another label column, or add rows with other labels.' : 'Add rows with other labels.',
  }),
  'data.too-many-classes': ({ column, rows: total, classes, candidates }) => ({
    cause: `Column “${column}” has ${number(classes)} different values in ${rows(total)}: more like a text or an id than a label.`,
    place: `column ${column}`,
    todo: candidates.length > 0 ? 'Pick another label column.' : 'Choose a file whose labels repeat.',
  }),
  'data.too-few-rows': ({ rows: total, needed }) => ({
    cause: `There ${total === 1 ? 'is' : 'are'} ${rows(total)} to use; learning, steering and testing need at least ${number(needed)}.`,
    place: null,
    todo: 'Add rows, or see which were set aside.',
  }),
  'data.empty-side': ({ column, kind, side, rows: total }) => ({
    cause: `Parted by column “${column}” (${{ group: 'groups', time: 'times', side: 'named sides' }[kind]}), ${rows(total)} leave none ${{ train: 'to learn from', validation: 'to steer by', test: 'to test on' }[side]}.`,
    place: `column ${column}`,
    todo: 'Part the rows in another way, or by another column.',
  }),
  'data.mixed-encoding': ({ file, encoding, row, byte, likely }) => ({
    cause: `${file} changes its encoding: up to row ${number(row - 1)} it is ${encodingOf(encoding)}, from row ${number(row)} on it is not${likely ? `; likely ${encodingOf(likely)}` : ''}.`,
    place: `row ${number(row)}, byte ${number(byte)}`,
    todo: 'Read each part in its own encoding, leave the unreadable rows out, or choose another file.',
  }),
  'data.unclosed-quote': ({ file, row, column, byte, rowsBefore }) => ({
    cause: `The quote opened in row ${number(row)}, column “${column}”, does not close before the end of the file; everything after it would be one cell.`,
    place: `${file}, row ${number(row)}, column ${column}, byte ${number(byte)}`,
    todo: `Treat quotes as text, use the ${rows(rowsBefore)} before, or mend the file.`,
  }),
  'data.missing-column': ({ file, column, columns }) => ({
    cause: `${file} has no column “${column}”.`,
    place: columnsOf(columns),
    todo: 'Pick one of its columns, or choose another file.',
  }),
  'data.nothing-usable': ({ file, rows: total, setAside }) => ({
    cause: `No row of ${file} can be used: ${number(setAside)} of ${rows(total)} were set aside.`,
    place: file,
    todo: 'See the rows set aside, pick other columns, or choose another file.',
  }),
  'data.unknown-label': ({ file, row, label }) => ({
    cause: `The test file has a label that training never saw: “${label}”.`,
    place: `${file}, row ${number(row)}`,
    todo: 'Choose another test file, or add rows with this label to the training file.',
  }),
  'data.unreadable-file': ({ file, reason }) => ({
    cause: `${file} could not be read (${reason}).`,
    place: file,
    todo: 'If it is open in another program, close it there; then choose it again.',
  }),
  'data.damaged-file': ({ file, rule, part, row, cell, byte, canLeaveOut }) => ({
    cause: `${file} cannot be read: ${damages[rule]}.`,
    place: [
      file,
      part,
      row !== null && `row ${number(row)}`,
      cell !== null && `cell ${cell}`,
      byte !== null && `byte ${number(byte)}`,
    ]
      .filter(Boolean)
      .join(', '),
    todo: canLeaveOut
      ? 'Leave out the rows that are like this one, mend the file, or choose another.'
      : 'Nothing of it was used. Save or download it again, or choose another file.',
  }),
  'model.bad-file': ({ file, rule, tensor, other, begin, end, bytes: size, expected }) => ({
    cause: `${file} cannot be used: ${fileRules[rule] ?? rule}.`,
    place: [
      tensor && `tensor ${tensor}`,
      other && `and ${other}`,
      begin !== undefined && end !== undefined && `bytes ${number(begin)} to ${number(end)}`,
      size !== undefined && `${number(size)} bytes`,
      expected !== undefined && `${number(expected)} expected`,
    ]
      .filter(Boolean)
      .join(', ') || file,
    todo: 'Load the page again, so that the file is fetched anew. Nothing of it was used.',
  }),
  'model.unsupported': ({ file, modelType, supported }) => ({
    cause: `This model is “${modelType}”; Anneal trains ${list(supported)}.`,
    place: file,
    todo: 'Use a model of a supported kind.',
  }),
  'model.bad-config': ({ file, field, value }) => ({
    cause: `The model’s description has a value that cannot be right: ${field} is ${value}.`,
    place: `${file}, ${field}`,
    todo: 'Fetch the model again from where it came.',
  }),
  'model.tensors-differ': ({ missing, unexpected, misshapen }) => ({
    cause: `The model’s weights do not fit its description: ${number(missing.length)} missing, ${number(unexpected.length)} unexpected, ${number(misshapen.length)} of another shape.`,
    place: [...missing, ...misshapen, ...unexpected].slice(0, 3).join(', ') || null,
    todo: 'Fetch the model again from where it came.',
  }),
  'model.missing-file': ({ file }) => ({
    cause: `The model has no ${file}.`,
    place: file,
    todo: 'Load the page again. If it stays away, this site is not whole.',
  }),
  'download.incomplete': ({ file, receivedBytes, totalBytes, status }) => ({
    cause: `${bytes(receivedBytes)} of ${bytes(totalBytes)} of the base model arrived, then ${status !== null && status >= 400 ? `the site answered ${status}` : 'the connection broke'}.`,
    place: file,
    todo: 'Try again; what arrived whole is kept.',
  }),
  'download.wrong-bytes': ({ file, expectedHash, actualHash }) => ({
    cause: 'A part of the base model is not the one expected.',
    place: `${file}: ${expectedHash.slice(0, 8)} expected, ${actualHash.slice(0, 8)} found`,
    todo: 'Try again. If it stays so, something between you and this site changes files.',
  }),
  'device.unavailable': ({ tried }) => ({
    cause: 'Neither the graphics card nor the processor could be started.',
    place: tried.map(({ backend, reason }) => `${backend}: ${reason}`).join('; ') || null,
    todo: 'Close other heavy tabs and try again, or use a current Chrome, Edge or Firefox.',
  }),
  'device.refused': ({ backend, reason }) => ({
    cause: deviceEn.refusedCause(backend, reason),
    place: `${backend}: ${reason}`,
    todo: 'Let Anneal choose, or choose another device under More settings.',
  }),
  'run.diverged': ({ step, learningRate, tensor, bestStep }) => ({
    cause: `At step ${number(step)} the loss was no longer a number. Usual cause: a learning rate too high (here ${rate(learningRate)}).`,
    place: `step ${number(step)}${tensor ? `, first in ${tensor}` : ''}`,
    todo:
      bestStep === null
        ? 'Start again with the recommended rate.'
        : `Continue from step ${number(bestStep)} at a third of the rate, start again with the recommended one, or keep the best so far.`,
  }),
  'device.out-of-memory': ({ device, bytes: asked }) => ({
    cause: `${device === 'CPU' ? 'The browser' : device} has no room for this model${asked === null ? '' : ` (${bytes(asked)} more were needed)`}, not even with one row at a time.`,
    place: device,
    todo: 'Close other heavy tabs, choose a smaller maximum length or a smaller base model, and train again.',
  }),
  'run.wrong-numbers': ({ device, rows: total, difference, allowed }) => ({
    cause: `After training, ${device} scored ${rows(total)} of the test differently from the processor: off by ${difference.toExponential(1)}, allowed ${allowed.toExponential(1)}. What it learned is not handed out.`,
    place: device,
    todo: 'Under More settings, let the processor compute, and train again. A newer browser or driver may mend the graphics card.',
  }),
  'recipe.invalid': ({ field, value, rule }) => ({
    cause: `The setting “${field}” cannot be ${value}: ${rule}.`,
    place: field,
    todo: 'Change it under More settings.',
  }),
  'export.differs': ({ rows: total, differing, largestDifference, limit }) => ({
    cause: `The packed model, read back, answered differently in ${number(differing)} of ${rows(total)} (by ${largestDifference.toExponential(1)}, allowed ${limit.toExponential(1)}). It was not handed out.`,
    place: null,
    todo: 'Try again; if it stays so, copy the details and report it.',
  }),
  'storage.full': ({ neededBytes, freeBytes }) => ({
    cause: `Saving needs ${bytes(neededBytes)}; ${bytes(freeBytes)} are free.`,
    place: null,
    todo: 'Make room on this device, or download the model before you leave.',
  }),
  'storage.damaged': ({ file }) => ({
    cause: 'A saved part of the project is damaged and was not loaded.',
    place: file,
    todo: 'Open the file again and train anew.',
  }),
  'project.open-elsewhere': () => ({
    cause: 'The project is open in another tab.',
    place: null,
    todo: 'Go on there, or take over here.',
  }),
  'worker.crashed': ({ worker, doing }) => ({
    cause: crashed[worker],
    place: `while: ${doing}`,
    todo: 'Try again, close other tabs, or use fewer rows.',
  }),
  cancelled: () => ({ cause: 'Stopped, as you asked.', place: null, todo: 'Nothing was changed.' }),
  unexpected: ({ detail }) => ({
    cause: 'Something went wrong that should not.',
    place: detail || null,
    todo: 'Try again; if it stays so, copy the details and report it.',
  }),
};
