/** Columns that could decide how rows are parted, by name and content; proposed, never taken unasked. */
import type { SplitColumns, Table, TableColumn } from '../../domain';
import { trimInvisible } from '../cells';
import { normalizeName } from '../columnNames';
import { sideColumnNames, sideNamed } from './sideNames';
import { readTime } from './times';

/** Cells that are looked at from the start; a side or a time is told by few. */
const sampledCells = 2000;

const groupNames: ReadonlySet<string> = new Set(
  'group groups group_id user user_id username author author_id speaker speaker_id patient patient_id person person_id customer customer_id client client_id account document document_id doc_id conversation conversation_id thread thread_id session session_id source url subject subject_id 用户 用户id 作者 说话人 患者 病人 客户 文档 会话 来源'.split(' '),
);
const timeNames = /date|time|day|created|posted|published|timestamp|year|month|日期|时间|年|月/;

function sampleOf(column: TableColumn): string[] {
  const cells: string[] = [];
  for (const cell of column.cells) {
    if (cells.length === sampledCells) break;
    const text = trimInvisible(cell.slice(0, 100));
    if (text !== '') cells.push(text);
  }
  return cells;
}

/** Every cell names a side, and rows to learn from are among them. */
function namesSides(cells: readonly string[]): boolean {
  const sides = new Set(cells.map(sideNamed));
  return sides.size >= 2 && !sides.has(null) && sides.has('train');
}

function isTime(cells: readonly string[], name: string): boolean {
  if (cells.length === 0 || !cells.every((cell) => readTime(cell, 'day-month') !== null || readTime(cell, 'month-day') !== null)) return false;
  // Four or eight digits may be anything: then the name has to say so.
  return timeNames.test(normalizeName(name)) || cells.some((cell) => !/^[\d.]+$/.test(cell));
}

function recurs(cells: readonly string[]): boolean {
  const different = new Set(cells).size;
  return different >= 3 && different < cells.length;
}

/** Never throws. @param taken columns that hold texts and labels */
export function guessSplit(table: Table, taken: readonly (string | null)[]): SplitColumns {
  const free = table.columns.filter(({ name }) => !taken.includes(name)).map((column) => ({ name: column.name, cells: sampleOf(column) }));
  return {
    side: free.find(({ name, cells }) => sideColumnNames.has(normalizeName(name)) && namesSides(cells))?.name ?? null,
    time: free.find(({ name, cells }) => isTime(cells, name))?.name ?? null,
    group: free.find(({ name, cells }) => groupNames.has(normalizeName(name)) && recurs(cells))?.name ?? null,
  };
}
