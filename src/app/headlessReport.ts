/** `report.json` of a headless run: the task's own figures, and labels by name. */
import { reportMetrics, type Report, type RunEvent, type Target } from '../domain';

type Started = Extract<RunEvent, { kind: 'started' }>;
type Finished = Extract<RunEvent, { kind: 'finished' }>;

/** Label ids, a list of them, or a number that is not one, as another program reads them. */
export function plainTarget(target: Target): number | number[] {
  if (target.kind === 'number') return target.value;
  return target.kind === 'class' ? target.label : target.labels;
}

function predictionsOf(report: Report): unknown[] {
  const { labels } = report;
  // A word past the length limit has no answer of the model's.
  const names = (ids: readonly number[]) => ids.map((id) => labels[id] ?? 'O');
  const byLabel = (scores: readonly number[]) => Object.fromEntries(labels.map((label, index) => [label, scores[index]]));
  switch (report.kind) {
    case 'class':
      return report.predictions.map(({ row, label, predicted, scores, logits }) => ({ row, label: labels[label], predicted: labels[predicted], scores: byLabel(scores), logits }));
    case 'number':
      return report.predictions.map(({ row, label, predicted, logits }) => ({ row, label, predicted, logits }));
    case 'labels':
      return report.predictions.map(({ row, label, predicted, scores, logits }) => ({ row, label: names(label), predicted: names(predicted), scores: byLabel(scores), logits }));
    case 'tokens':
      return report.predictions.map(({ row, words, label, predicted, logits }) => ({ row, words, label: names(label), predicted: names(predicted), logits }));
  }
}

export function reportJson(started: Started, finished: Finished): unknown {
  const { report } = finished;
  return {
    task: report.task,
    labels: report.labels,
    rows: started.counts.rows,
    metrics: reportMetrics(report),
    intervals: report.intervals,
    baseline: report.baseline,
    ...(report.withoutLeaks && { withoutLeaks: report.withoutLeaks }),
    ...('scaler' in report && { scaler: report.scaler }),
    ...('threshold' in report && { threshold: report.threshold, thresholdCurve: report.thresholdCurve }),
    ...('calibration' in report && { calibration: report.calibration }),
    run: {
      backend: started.device.backend,
      device: started.device.name,
      steps: finished.step,
      bestStep: finished.bestStep,
      reason: finished.reason,
      seconds: finished.seconds,
      tokensPerSecond: finished.tokensPerSecond,
    },
    ...('classes' in report && { classes: report.classes }),
    predictions: predictionsOf(report),
  };
}

/** The test rows as they were asked, for parity/check_export.py. */
export function testRows(report: Report): unknown[] {
  return report.predictions.map((prediction) => {
    const { row, text, textPair, label } = prediction;
    return { row, text, ...(textPair !== undefined && { textPair }), ...('words' in prediction && { words: prediction.words }), label };
  });
}
