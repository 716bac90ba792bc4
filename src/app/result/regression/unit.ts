/** Numbers of the target, with as many decimals as its spread makes worth reading. */
import type { RegressionReport } from '../../../domain';
import type { Format } from '../../format';

type Scaled = Pick<RegressionReport, 'scaler'>;

/** A hundredth of the spread of the training rows' numbers. */
function decimalsOf({ scaler }: Scaled): number {
  return Math.min(6, Math.max(0, 2 - Math.floor(Math.log10(scaler.standardDeviation))));
}

/** As many decimals as there are to write, at most. */
export function writeNumber(report: Scaled, format: Format): (value: number) => string {
  const digits = decimalsOf(report);
  return (value) => format.upTo(value, digits);
}

/** With its sign: how far above or below. */
export function writeOffset(report: Scaled, format: Format): (value: number) => string {
  const digits = decimalsOf(report);
  return (value) => `${value < 0 ? '−' : '+'}${format.decimal(Math.abs(value), digits)}`;
}
