import { useState, type ReactNode, type UIEvent } from 'react';
import { shortText, visibleText } from '../visibleText';

interface Props {
  name: string;
  columns: readonly string[];
  /** CSS grid columns. */
  template: string;
  total: number;
  height: number;
  /** Null while the row is not here yet. */
  cellsOf: (index: number) => readonly string[] | null;
  onFirstRow?: (index: number, count: number) => void;
  /** What a row number opens, if anything. */
  rowButton?: (index: number, text: string) => ReactNode;
  loading?: string;
}

const rowHeight = 32;
/** Browsers cannot scroll further than some tens of millions of pixels; beyond this the scroll bar is scaled. */
const tallest = 6_000_000;

/** Scrolls through any number of rows and draws only those in sight. */
export function VirtualTable({ name, columns, template, total, height, cellsOf, onFirstRow, rowButton, loading = '' }: Props) {
  const [top, setTop] = useState(0);
  const shown = Math.ceil(height / rowHeight) + 1;
  const whole = total * rowHeight;
  const scaled = Math.min(whole, tallest);
  const scale = scaled > height ? (whole - height) / (scaled - height) : 1;
  const position = Math.max(0, Math.min(top * scale, Math.max(0, whole - height)));
  const first = Math.floor(position / rowHeight);
  const count = Math.max(0, Math.min(shown, total - first));
  const indexes = Array.from({ length: count }, (_, offset) => first + offset);

  const scroll = (event: UIEvent<HTMLDivElement>) => {
    const next = event.currentTarget.scrollTop;
    setTop(next);
    onFirstRow?.(Math.floor((next * scale) / rowHeight), shown);
  };

  return (
    <div className="virtual" role="table" aria-label={name} aria-rowcount={total + 1}>
      <div role="rowgroup">
        <div className="virtual-row virtual-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
          {columns.map((column, index) => (
            <span key={index} role="columnheader" title={visibleText(column)}>
              {visibleText(column)}
            </span>
          ))}
        </div>
      </div>
      <div
        className="virtual-scroll"
        role="rowgroup"
        aria-label={name}
        tabIndex={0}
        style={{ height: Math.min(height, Math.max(rowHeight, whole)) }}
        onScroll={scroll}
      >
        <div className="virtual-space" role="presentation" style={{ height: scaled }}>
          <div className="virtual-window" role="presentation" style={{ transform: `translateY(${-(position % rowHeight)}px)` }}>
            {indexes.map((index) => {
              const cells = cellsOf(index);
              return (
                <div
                  key={index}
                  className="virtual-row"
                  role="row"
                  aria-rowindex={index + 2}
                  style={{ gridTemplateColumns: template }}
                >
                  {columns.map((_, place) => {
                    const text = shortText(cells?.[place] ?? (place === 0 ? loading : ''));
                    return (
                      <span key={place} role="cell" className={place === 0 ? 'figure muted' : ''}>
                        {place === 0 && cells && rowButton ? rowButton(index, text.text) : text.text}
                      </span>
                    );
                  })}
                </div>
              );
            })}
          </div>
        </div>
      </div>
    </div>
  );
}
