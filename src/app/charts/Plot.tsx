import type { PointerEvent, ReactNode } from 'react';
import { useWidth } from './useWidth';

export interface Axis {
  from: number;
  to: number;
  ticks: readonly number[];
  write: (value: number) => string;
  name: string;
}

/** Pixels of values, and the edges that they lie between. */
export interface PlotArea {
  x: (value: number) => number;
  y: (value: number) => number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface Props {
  x: Axis;
  y: Axis;
  height: number;
  /** What the chart says, for those who do not see it. */
  label: string;
  /** Room for names behind the ends of lines. */
  roomRight?: number;
  children: (area: PlotArea) => ReactNode;
  onPoint?: (place: { x: number; y: number } | null, area: PlotArea) => void;
  onPick?: (place: { x: number; y: number }, area: PlotArea) => void;
  /** Shown above the drawing, such as a tip. */
  above?: (area: PlotArea) => ReactNode;
}

const roomLeft = 44;
const roomTop = 16;
const roomBottom = 44;

/** Two axes with faint lines, and whatever is drawn between them. */
export function Plot({ x, y, height, label, roomRight = 12, children, onPoint, onPick, above }: Props) {
  const { ref, width } = useWidth<HTMLDivElement>();
  const [left, right, top, bottom] = [roomLeft, Math.max(roomLeft + 1, width - roomRight), roomTop, height - roomBottom];
  const area: PlotArea = {
    left,
    right,
    top,
    bottom,
    x: (value) => left + ((value - x.from) / (x.to - x.from)) * (right - left),
    y: (value) => bottom - ((value - y.from) / (y.to - y.from)) * (bottom - top),
  };
  const placeOf = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  return (
    <div
      ref={ref}
      className={`plot${onPick ? ' plot-open' : ''}`}
      style={{ height }}
      {...(onPoint && { onPointerMove: (event) => onPoint(placeOf(event), area), onPointerLeave: () => onPoint(null, area) })}
      {...(onPick && { onPointerUp: (event) => onPick(placeOf(event), area) })}
    >
      {width > 0 && (
        <svg width={width} height={height} role="img" aria-label={label}>
          {y.ticks.map((tick) => (
            <g key={tick}>
              <line className="chart-grid" x1={left} x2={right} y1={area.y(tick)} y2={area.y(tick)} />
              <text x={left - 8} y={area.y(tick)} dy="0.35em" textAnchor="end">
                {y.write(tick)}
              </text>
            </g>
          ))}
          {x.ticks.map((tick) => (
            <text key={tick} x={area.x(tick)} y={bottom + 16} textAnchor="middle">
              {x.write(tick)}
            </text>
          ))}
          <text x={right} y={height - 4} textAnchor="end">
            {x.name} →
          </text>
          {children(area)}
        </svg>
      )}
      {width > 0 && above?.(area)}
    </div>
  );
}
