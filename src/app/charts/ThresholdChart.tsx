import type { ThresholdPoint } from '../../domain';
import { useFormat, useMessages } from '../messages';
import { Plot } from './Plot';

interface Props {
  curve: readonly ThresholdPoint[];
  chosen: number;
}

const lines = ['precision', 'recall', 'microF1'] as const;
/** Names nearer to each other than this would be written over one another. */
const nameHeight = 16;

/** What becomes of precision, recall and F1 as the threshold goes up, and where it was set. */
export function ThresholdChart({ curve, chosen }: Props) {
  const { charts: words } = useMessages();
  const format = useFormat();
  const write = (share: number) => format.number(share * 100);
  const ticks = [0, 0.5, 1];
  return (
    <Plot
      x={{ from: 0, to: 1, ticks, write, name: words.threshold }}
      y={{ from: 0, to: 1, ticks, write, name: '' }}
      height={232}
      roomRight={84}
      label={words.thresholdLabel(format.percent(chosen))}
    >
      {({ x, y, top, bottom, right }) => {
        const ends = lines.flatMap((name) => {
          const last = curve.findLast((point) => point[name] !== null)?.[name];
          return last === undefined || last === null ? [] : [{ name, at: y(last) }];
        });
        ends.sort((left, other) => other.at - left.at);
        // From just above the axis and its figures, each at least a line above the one before.
        ends.forEach((end, index) => (end.at = Math.min(end.at, (ends[index - 1]?.at ?? bottom + nameHeight - 8) - nameHeight)));
        return (
          <>
            <line className="plot-chosen" x1={x(chosen)} x2={x(chosen)} y1={top} y2={bottom} />
            <text className="end-training plot-halo" x={x(chosen)} y={top - 6} textAnchor={chosen < 0.15 ? 'start' : chosen > 0.85 ? 'end' : 'middle'}>
              {words.chosen(format.percent(chosen))}
            </text>
            {lines.map((name) => (
              <polyline
                key={name}
                className={`plot-line plot-${name}`}
                points={curve.flatMap((point) => (point[name] === null ? [] : [`${x(point.threshold)},${y(point[name])}`])).join(' ')}
              />
            ))}
            {ends.map(({ name, at }) => (
              <text key={name} className={`plot-name-${name}`} x={right + 6} y={at} dy="0.35em">
                {words.curves[name]}
              </text>
            ))}
          </>
        );
      }}
    </Plot>
  );
}
