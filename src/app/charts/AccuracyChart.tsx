import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { useFormat, useMessages } from '../messages';
import type { RunView } from '../store/runView';
import { shortText } from '../visibleText';
import { ChartTip } from './ChartTip';
import { axisText } from './axisText';
import { niceTicks } from './ticks';

/** How often it is right on the rows to steer by, against always giving the commonest label. */
export function AccuracyChart({ view, live }: { view: RunView; live: boolean }) {
  const messages = useMessages();
  const format = useFormat();
  const words = messages.training;
  const last = view.validation.at(-1);
  const { baseline, best } = view;
  if (last && last.accuracy === null) return null;
  if (!last || last.accuracy === null || !baseline) return <p className="small muted">{live ? words.firstEvaluation : null}</p>;
  const end = live ? view.totalSteps : Math.max(view.step, last.step);

  return (
    <figure className="chart">
      <figcaption>{words.accuracy}</figcaption>
      <div className="chart-space chart-low" role="img" aria-label={words.chartAccuracy(last.accuracy, baseline.accuracy)}>
        <ResponsiveContainer width="100%" height="100%">
          <LineChart data={view.validation} margin={{ top: 8, right: 76, bottom: 0, left: 0 }} accessibilityLayer={false}>
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
              domain={[0, 1]}
              ticks={[0, 0.5, 1]}
              width={36}
              tick={axisText}
              tickLine={false}
              axisLine={false}
              tickFormatter={(share: number) => format.number(share * 100)}
            />
            <Tooltip content={<ChartTip write={(share) => format.percent(share)} />} isAnimationActive={false} />
            <ReferenceLine
              y={baseline.accuracy}
              className="line-baseline"
              label={{
                value: words.baseline(shortText(baseline.label, 16).text),
                position: baseline.accuracy > 0.85 ? 'insideTopRight' : 'insideBottomRight',
              }}
            />
            <Line
              dataKey="accuracy"
              name={words.columns.accuracy}
              className="line-validation"
              activeDot={{ r: 4, className: 'dot-best' }}
              dot={({ cx, cy, payload }: { cx?: number; cy?: number; payload?: { step: number } }) => {
                const isBest = payload?.step === best?.step;
                return (
                  <circle
                    key={payload?.step}
                    cx={cx}
                    cy={cy}
                    r={isBest ? 6 : 3.5}
                    className={isBest ? 'dot-best' : 'dot-validation'}
                  />
                );
              }}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}
