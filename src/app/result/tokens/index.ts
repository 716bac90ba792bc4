/** A tag a word: spans of a text. */
import type { TokenReport } from '../../../domain';
import { entitiesOf } from '../../../tasks';
import { visibleText } from '../../visibleText';
import { intervalOf } from '../figures';
import type { PredictionOf, ReportKind } from '../reportKind';
import { joinWords } from './joinedWords';
import { markWords } from './marks';
import { countSpans, wrongSpans } from './spanCounts';

type Prediction = PredictionOf<TokenReport>;

function spansText({ labels, scheme }: TokenReport, { words }: Prediction, ids: readonly number[]): string {
  const spans = entitiesOf(ids.map((id) => labels[id] ?? 'O'), scheme);
  return spans.map(({ type, begin, end }) => `${joinWords(words.slice(begin, end + 1)).text} (${type})`).join(', ');
}

export const tokens: ReportKind<TokenReport> = {
  verdict(report, { messages: { reports } }) {
    const { recall, precision, tokenAccuracy, baseline, classes } = report;
    const always = reports.tagBaseline(visibleText(baseline.label), baseline.tokenAccuracy, baseline.label === 'O');
    // Tags that mark no spans (parts of speech), or test rows without any.
    if (recall === null) {
      const interval = intervalOf(report, 'tokenAccuracy');
      return { sentence: reports.wordsRight(tokenAccuracy), more: [always, ...(interval ? [reports.expectWords(interval[0], interval[1])] : [])] };
    }
    const interval = intervalOf(report, 'recall');
    const total = classes.reduce((sum, { support }) => sum + support, 0);
    return {
      sentence: reports.spansFound(Math.round(recall * total), total),
      more: [
        always,
        ...(interval ? [reports.expectSpans(interval[0], interval[1])] : []),
        precision === null ? reports.marksNothing : reports.spansRight(precision),
      ],
    };
  },
  row(report, prediction, { messages: { reports } }) {
    const { row, text, words, label, predicted } = prediction;
    const { right, truth, found } = countSpans(report, prediction);
    return {
      row,
      text,
      marked: markWords({ tags: report, ...joinWords(words), truth: label, found: predicted }),
      truth: spansText(report, prediction, label) || reports.noSpan,
      answer: spansText(report, prediction, predicted) || reports.noSpan,
      score: truth + found === 0 ? reports.allRight : reports.rightOf(right, truth),
      right: right === truth && right === found,
    };
  },
  scoreName: ({ messages }) => messages.reports.wholeAndRight,
  wrong(report) {
    return report.predictions
      .map((prediction) => ({ prediction, wrong: wrongSpans(countSpans(report, prediction)) }))
      .filter(({ wrong }) => wrong > 0)
      .sort((left, right) => right.wrong - left.wrong)
      .map(({ prediction }) => prediction);
  },
  wrongName: ({ messages }) => messages.reports.mostSpansWrong,
};
