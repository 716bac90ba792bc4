import { useCallback, useEffect, useRef, useState } from 'react';
import type { TableRow } from '../../workers';
import { projectWorker } from '../workers';

const pageSize = 100;
/** Pages kept; a long scroll through a million rows must not gather them all on the page. */
const mostPages = 40;

/**
 * Rows of the stored table, fetched page by page as they come into sight.
 *
 * @param version changes when the table is another one, and forgets what was fetched
 */
export function useRowWindow(table: 'data' | 'test', version: unknown) {
  const pages = useRef(new Map<number, readonly TableRow[] | 'asked'>());
  const [, redraw] = useState(0);

  const fetchPage = useCallback(
    async (page: number) => {
      const known = pages.current;
      if (known.has(page)) return;
      known.set(page, 'asked');
      try {
        const rows = await projectWorker.request('rows', { table, from: page * pageSize, count: pageSize });
        if (pages.current !== known) return;
        known.set(page, rows);
        for (const old of known.keys()) {
          if (known.size <= mostPages) break;
          if (old !== page) known.delete(old);
        }
        redraw((count) => count + 1);
      } catch {
        // The row stays empty and is asked for again when it next comes into sight.
        known.delete(page);
      }
    },
    [table],
  );

  const show = useCallback(
    (first: number, count: number) => {
      for (let page = Math.floor(first / pageSize); page <= Math.floor((first + count) / pageSize); page += 1) {
        void fetchPage(page);
      }
    },
    [fetchPage],
  );

  useEffect(() => {
    pages.current = new Map();
    show(0, 1);
  }, [version, show]);

  const rowAt = (index: number): TableRow | null => {
    const page = pages.current.get(Math.floor(index / pageSize));
    return page === undefined || page === 'asked' ? null : (page[index % pageSize] ?? null);
  };
  return { rowAt, show };
}
