import { CartesianGrid, Line, LineChart, ReferenceDot, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormat, useMessages } from '../messages';
import { thinned, type RunView } from '../store/runView';
import { ChartTip } from './ChartTip';
import { EndName } from './EndName';
import { axisText } from './axisText';
import { niceTicks, ticksOver } from './ticks';

const mostPoints = 400;

interface Row {
  step: number;
  raw?: number;
  smoothed?: number;
  validation?: number;
}

function rowsOf(view: RunView): Row[] {
  const rows = new Map<number, Row>();
  for (const { step, loss, smoothed } of thinned(view.training, mostPoints)) rows.set(step, { step, raw: loss, smoothed });
  for (const { step, loss } of view.validation) rows.set(step, { ...(rows.get(step) ?? { step }), validation: loss });
  return [...rows.values()].sort((left, right) => left.step - right.step);
}

/** Training as it was and smoothed, validation as dots; names at the lines' ends. */
export function LossChart({ view, live }: { view: RunView; live: boolean }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.training;
  const lastTraining = view.training.at(-1);
  const lastValidation = view.validation.at(-1);
  if (!lastTraining) return null;
  const top = Math.max(...view.training.map(({ loss }) => loss), ...view.validation.map(({ loss }) => loss));
  const ticks = ticksOver(top);
  const near = lastValidation !== undefined && Math.abs(lastValidation.loss - lastTraining.smoothed) < top * 0.1;
  const shift = near ? (lastValidation.loss >= lastTraining.smoothed ? 8 : -8) : 0;
  const end = live ? view.totalSteps : lastTraining.step;

  return (
    <figure className="chart">
      <figcaption>
        {words.loss} <span className="muted small">{words.lossNote}</span>
      </figcaption>
      <div
        className="chart-space"
        role="img"
        aria-label={words.chartLoss(lastTraining.step, lastTraining.smoothed, lastValidation?.loss ?? null)}
      >
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={rowsOf(view)} margin={{ top: 8, right: 76, bottom: 0, left: 0 }} accessibilityLayer={false}>
            <CartesianGrid vertical={false} className="chart-grid" />
            <XAxis
              dataKey="step"
              type="number"
              domain={[0, Math.max(1, end)]}
              ticks={niceTicks(end, 4, true)}
              tick={axisText}
              tickLine={false}
              axisLine={false}
              tickFormatter={(step: number) => format.number(step)}
            />
            <YAxis
              domain={[0, ticks.at(-1) ?? 1]}
              ticks={ticks}
              width={36}
              tick={axisText}
              tickLine={false}
              axisLine={false}
              tickFormatter={(loss: number) => format.decimal(loss, top < 0.4 ? 2 : 1)}
            />
            <Tooltip content={<ChartTip write={(loss) => format.decimal(loss, 3)} />} isAnimationActive={false} />
            <Line dataKey="raw" name="raw" className="line-raw" dot={false} activeDot={false} isAnimationActive={false} connectNulls />
            <Line
              dataKey="smoothed"
              name={words.trainingLine}
              className="line-training"
              dot={false}
              activeDot={{ r: 4, className: 'dot-best' }}
              isAnimationActive={false}
              connectNulls
            />
            <Line
              dataKey="validation"
              name={words.validationLine}
              className="line-validation"
              dot={{ r: 3.5, className: 'dot-validation' }}
              activeDot={{ r: 4, className: 'dot-best' }}
              isAnimationActive={false}
              connectNulls
            />
            <ReferenceDot
              x={lastTraining.step}
              y={lastTraining.smoothed}
              r={live ? 4 : 0}
              className="dot-newest"
              label={<EndName name={words.trainingLine} className="end-training" shift={shift} />}
            />
            {lastValidation && (
              <ReferenceDot
                x={lastValidation.step}
                y={lastValidation.loss}
                r={0}
                label={<EndName name={words.validationLine} className="end-validation" shift={-shift} />}
              />
            )}
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
