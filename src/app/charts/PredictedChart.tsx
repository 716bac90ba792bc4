import { useState } from 'react';
import { useMessages } from '../messages';
import { Plot, type PlotArea } from './Plot';
import { ticksBetween } from './ticks';

export interface PredictedPoint {
  row: number;
  truth: number;
  answer: number;
}

interface Props<Point extends PredictedPoint> {
  points: readonly Point[];
  write: (value: number) => string;
  onOpen: (point: Point) => void;
}

/**
 * Dots are drawn by the path: a line of no length with round ends is a dot, and thousands of elements are slow. Within
 * a path they do not add up, so a few paths show where many lie.
 */
const layers = 24;

function layersOf<Point>(points: readonly Point[]): Point[][] {
  return Array.from({ length: Math.min(layers, points.length) }, (_, layer) => points.filter((__, index) => index % layers === layer));
}

/** So few dots hardly lie over one another, and would be faint. */
const mostSolid = 200;

/** Farther away than this, in pixels, a press is meant for no point. */
const reach = 16;

/** A dot a row: along the number in the file, up the answer. On the dashed line both are equal. */
export function PredictedChart<Point extends PredictedPoint>({ points, write, onOpen }: Props<Point>) {
  const { charts: words } = useMessages();
  const [near, setNear] = useState<Point | null>(null);
  const values = points.flatMap(({ truth, answer }) => [truth, answer]);
  const lowest = values.reduce((least, value) => Math.min(least, value), Infinity);
  const highest = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const all = ticksBetween(lowest, highest, 5);
  // Drawn as far as the values go, and a little farther.
  const margin = (highest - lowest) * 0.03;
  const [from, to] = margin > 0 ? [lowest - margin, highest + margin] : [all[0] ?? 0, all.at(-1) ?? 1];
  const ticks = all.filter((tick) => tick >= from && tick <= to);
  const axis = (name: string) => ({ from, to, ticks, write, name });

  const nearest = (place: { x: number; y: number }, { x, y }: PlotArea): Point | null => {
    let best: Point | null = null;
    let shortest = reach ** 2;
    for (const point of points) {
      const distance = (x(point.truth) - place.x) ** 2 + (y(point.answer) - place.y) ** 2;
      if (distance < shortest) [best, shortest] = [point, distance];
    }
    return best;
  };

  return (
    <Plot
      x={axis(words.inFile)}
      y={axis(words.answered)}
      height={280}
      label={words.predictedLabel(points.length)}
      onPoint={(place, area) => setNear(place && nearest(place, area))}
      onPick={(place, area) => {
        const point = nearest(place, area);
        if (point) onOpen(point);
      }}
      above={({ x, y, left, right }) =>
        near && (
          <div
            className={`chart-tip plot-tip small figure${x(near.truth) > (left + right) / 2 ? ' plot-tip-left' : ''}`}
            style={{ left: x(near.truth), top: y(near.answer) }}
          >
            <span className="muted">{words.row(near.row)}</span>
            <span>{words.fileAndAnswer(write(near.truth), write(near.answer))}</span>
          </div>
        )
      }
    >
      {({ x, y }) => (
        <>
          <line className="plot-guide" x1={x(from)} y1={y(from)} x2={x(to)} y2={y(to)} />
          {layersOf(points).map((layer, index) => (
            <path key={index} className={points.length > mostSolid ? 'plot-cloud' : 'plot-cloud plot-cloud-solid'} d={layer.map(({ truth, answer }) => `M${x(truth).toFixed(1)} ${y(answer).toFixed(1)}h0`).join('')} />
          ))}
          {near && <circle className="dot-best" cx={x(near.truth)} cy={y(near.answer)} r={5} />}
        </>
      )}
    </Plot>
  );
}
