import type { CalibrationBin } from '../../domain';
import { useFormat, useMessages } from '../messages';
import { Plot, type Axis } from './Plot';

type FilledBin = CalibrationBin & { confidence: number; accuracy: number };

export function filledBins(bins: readonly CalibrationBin[]): FilledBin[] {
  return bins.filter((bin): bin is FilledBin => bin.confidence !== null && bin.accuracy !== null);
}

/** With fewer answers, chance moves a bin's share by more than 15 points either way (one standard error at a half). */
export const fewestAnswers = 10;

/** Radius of a dot, in pixels. */
const smallest = 3;

export const isSparse = ({ rows }: Pick<CalibrationBin, 'rows'>): boolean => rows < fewestAnswers;

/**
 * How often answers of a score are right; on the dashed line a score says just that. The larger a dot, the more answers;
 * one with hardly any is open, and the line passes it by.
 */
export function ReliabilityChart({ bins }: { bins: readonly CalibrationBin[] }) {
  const { charts: words } = useMessages();
  const format = useFormat();
  const filled = filledBins(bins);
  const solid = filled.filter((bin) => !isSparse(bin));
  const most = Math.max(1, ...filled.map(({ rows }) => rows));
  const axis = (name: string): Axis => ({ from: 0, to: 1, ticks: [0, 0.25, 0.5, 0.75, 1], write: (share) => format.number(share * 100), name });
  return (
    <Plot x={axis(words.says)} y={axis(words.isRight)} height={232} label={words.reliabilityLabel(filled.length)}>
      {({ x, y }) => (
        <>
          <line className="plot-guide" x1={x(0)} y1={y(0)} x2={x(1)} y2={y(1)} />
          <polyline className="plot-line" points={solid.map(({ confidence, accuracy }) => `${x(confidence)},${y(accuracy)}`).join(' ')} />
          {filled.map(({ from, confidence, accuracy, rows }) => (
            <circle key={from} className={isSparse({ rows }) ? 'plot-dot plot-dot-open' : 'plot-dot'} cx={x(confidence)} cy={y(accuracy)} r={isSparse({ rows }) ? smallest : smallest + 6 * Math.sqrt(rows / most)}>
              <title>{words.bin(format.percent(confidence), format.percent(accuracy), rows)}</title>
            </circle>
          ))}
        </>
      )}
    </Plot>
  );
}
