import type { ReactNode } from 'react';

interface Props {
  name: string;
  heads: readonly string[];
  rows: readonly { key: string | number; name: string; cells: readonly ReactNode[]; marked?: boolean; onOpen?: (() => void) | undefined }[];
}

/** Figures by row; the first cell opens what is behind it. */
export function OpenableTable({ name, heads, rows }: Props) {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={name}>
      <table className="table table-figures">
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name: own, cells, marked, onOpen }) => (
            <tr key={key} className={marked ? 'table-best' : undefined}>
              <th scope="row">
                {onOpen ? (
                  <button type="button" className="row-open" onClick={onOpen}>
                    {own}
                  </button>
                ) : (
                  own
                )}
              </th>
              {cells.map((cell, index) => (
                <td key={index}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
