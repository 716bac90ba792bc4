/** Reports of runs that were recorded before reports had intervals and calibration: what is missing is filled in once, here. */
import { calibrationOf, reportMetrics, taskKinds, type Calibration, type ClassificationReport, type Interval, type MultiLabelReport, type Report, type RunEvent, type TagScheme, type TokenReport } from '../domain';

/** Fields that a stored report may lack. */
type Newer = 'kind' | 'scheme' | 'intervals' | 'calibration' | 'thresholdCurve';
type Older<R extends Report> = R extends Report ? Omit<R, Newer> & Partial<Pick<R, Newer & keyof R>> & { accuracyInterval?: Interval } : never;

/** Fills in what a recorded event lacks beside those of today; others come back as they are. */
export function completeEvent(event: RunEvent): RunEvent {
  return event.kind === 'finished' ? { ...event, report: completeReport(event.report) } : event;
}

function completeReport(stored: Older<Report>): Report {
  const { accuracyInterval, ...kept } = stored;
  const kind = kept.kind ?? taskKinds[kept.task].target;
  const report = { ...kept, kind, ...missingParts({ ...kept, kind } as Report) } as Report;
  if (report.intervals) return report;
  // What an interval comes from was not recorded beside Wilson's of the accuracy.
  const unknown = Object.fromEntries(Object.keys(reportMetrics(report)).map((name) => [name, null]));
  return { ...report, intervals: { ...unknown, ...(accuracyInterval && { accuracy: accuracyInterval }) } };
}

function missingParts(report: Report): object {
  switch (report.kind) {
    case 'class':
      return { calibration: report.calibration ?? calibrationOfClasses(report) };
    case 'labels':
      return { calibration: report.calibration ?? calibrationOfLabels(report), thresholdCurve: report.thresholdCurve ?? [] };
    case 'tokens':
      return { calibration: report.calibration ?? calibrationOfTags(report), scheme: report.scheme ?? olderScheme(report.labels) };
    case 'number':
      return {};
  }
}

function calibrationOfClasses({ predictions }: ClassificationReport): Calibration {
  return calibrationOf(
    predictions.map(({ scores, predicted }) => scores[predicted] ?? 0),
    predictions.map(({ label, predicted }) => label === predicted),
  );
}

function calibrationOfLabels({ predictions }: MultiLabelReport): Calibration {
  return calibrationOf(
    predictions.flatMap(({ scores }) => scores),
    predictions.flatMap(({ scores, label }) => scores.map((_, id) => label.includes(id))),
  );
}

/** All that was told apart. */
function olderScheme(labels: readonly string[]): TagScheme {
  return labels.some((label) => /^[ESLU]-/.test(label)) ? 'IOBES' : 'IOB2';
}

/** Of the texts that were read to their end: for others it was not recorded which words the logits belong to. */
function calibrationOfTags({ predictions, labels }: TokenReport): Calibration {
  const words = predictions.flatMap(({ logits, label, predicted }) =>
    logits.length === label.length * labels.length ? label.map((truth, word) => ({ right: truth === predicted[word], own: logits.slice(word * labels.length, (word + 1) * labels.length) })) : [],
  );
  return calibrationOf(
    words.map(({ own }) => {
      const largest = Math.max(...own);
      return 1 / own.reduce((sum, logit) => sum + Math.exp(logit - largest), 0);
    }),
    words.map(({ right }) => right),
  );
}
