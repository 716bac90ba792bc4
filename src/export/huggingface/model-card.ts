/** README.md of an exported model: the front matter the Hub reads, and what a person should know before using it. */
import type { ExportContext } from '../exporter';
import { taskKinds, type ClassScore, type Report } from '../../domain';
import { findBaseModel } from '../../models';
import { scoreLines, taskTexts, useLines } from './card-tasks';
import { cardTexts, type CardTexts } from './card-texts';
import { escapeMarkdown } from './escape';

/** Rows of the table of labels; with more, a card is no longer read. */
const MOST_LABELS = 100;

export function modelCard(context: ExportContext): string {
  const texts = cardTexts[context.language];
  return [frontMatter(context), ...body(context, texts)].join('\n\n').concat('\n');
}

/** Metrics as the Hub names them. */
const HUB_METRICS: Record<Report['kind'], string[]> = {
  class: ['accuracy', 'f1'],
  number: ['mse', 'pearsonr', 'spearmanr'],
  labels: ['f1'],
  tokens: ['seqeval'],
};

function frontMatter({ recipe, report }: ExportContext): string {
  // A folder from disk may be called anything; only a model in the box is known.
  const known = findBaseModel(recipe.baseModel);
  const pipeline = report.kind === 'tokens' ? 'token-classification' : 'text-classification';
  const lines = ['library_name: transformers', `pipeline_tag: ${pipeline}`];
  if (known !== undefined) lines.unshift(`license: ${known.license}`, `base_model: ${known.repository}`);
  return ['---', ...lines, 'tags:', `- ${pipeline}`, '- anneal', 'metrics:', ...HUB_METRICS[report.kind].map((metric) => `- ${metric}`), '---'].join('\n');
}

function body(context: ExportContext, texts: CardTexts): string[] {
  const { recipe, report, counts, labels, data, run } = context;
  const { training } = recipe;
  const base = escapeMarkdown(recipe.baseModel);
  const own = taskTexts(report, context.language);
  return [
    `# ${own.title}`,
    own.intro(base, labels.length),
    `## ${texts.scores}`,
    scores(context, texts).map((line) => `- ${line}`).join('\n'),
    ...('classes' in report ? [labelTable(report.classes, context, texts)] : []),
    `## ${texts.data}`,
    [
      texts.file(escapeMarkdown(data.fileName), counts.rows.file, counts.rows.used, counts.rows.setAside),
      texts.columns(columnNames(recipe.data.textColumn, recipe.data.textPairColumn), columnNames(...(recipe.data.labelColumns ?? [recipe.data.labelColumn]))),
      texts.split(counts.rows.train, counts.rows.validation, counts.rows.test, training.seed),
      ...(data.testFileName === null ? [] : [texts.testFile(escapeMarkdown(data.testFileName))]),
    ].map((line) => `- ${line}`).join('\n'),
    `## ${texts.training}`,
    [
      texts.settings(training.numTrainEpochs, training.learningRate, training.perDeviceTrainBatchSize, training.maxLength),
      texts.run(run.steps, run.bestStep, duration(run.seconds), escapeMarkdown(run.device), escapeMarkdown(run.version)),
      ...(context.newPooler ? [texts.newPooler(base)] : []),
      texts.recipe,
    ].map((line) => `- ${line}`).join('\n'),
    `## ${texts.limits}`,
    [texts.limitDomain, texts.limitLength(training.maxLength), texts.limitRows(report.rows), ...(own.limit ? [own.limit(labels.length)] : [])].map((line) => `- ${line}`).join('\n'),
    `## ${texts.use}`,
    ['```python', ...(report.kind === 'class' && !taskKinds[report.task].pair ? pipelineLines(texts) : useLines(report)), '```'].join('\n'),
    texts.useLength(training.maxLength),
  ];
}

function scores({ report, language }: ExportContext, texts: CardTexts): string[] {
  if (report.kind !== 'class') return scoreLines(report, language);
  const [low, high] = report.intervals['accuracy'] ?? [null, null];
  return [
    texts.accuracy(percent(report.accuracy), percent(low), percent(high), report.rows),
    texts.baseline(percent(report.baseline.accuracy), escapeMarkdown(report.baseline.label)),
    texts.macroF1(percent(report.macroF1)),
    texts.loss(report.loss.toFixed(4)),
  ];
}

function pipelineLines(texts: CardTexts): string[] {
  return [
    'from transformers import pipeline',
    '',
    'classify = pipeline("text-classification", model="path/to/this/folder")',
    `print(classify("${texts.example}", truncation=True))`,
  ];
}

function labelTable(classes: readonly ClassScore[], { counts }: ExportContext, texts: CardTexts): string {
  const trainRows = new Map(counts.labels.map(({ label, train }) => [label, train]));
  const shown = classes.slice(0, MOST_LABELS);
  const lines = [
    `| ${texts.tableHead.join(' | ')} |`,
    `| --- | ---: | ---: | ---: | ---: | ---: |`,
    ...shown.map(({ label, precision, recall, f1, support }) => {
      const cells = [escapeMarkdown(label), trainRows.get(label) ?? 0, support, percent(precision), percent(recall), percent(f1)];
      return `| ${cells.join(' | ')} |`;
    }),
  ];
  const left = classes.length - shown.length;
  return left > 0 ? `${lines.join('\n')}\n\n${texts.moreLabels(left)}` : lines.join('\n');
}

function columnNames(...names: (string | undefined)[]): string {
  return names.flatMap((name) => (name === undefined ? [] : [escapeMarkdown(name)])).join(', ');
}

/** A figure that has no meaning is a dash, never 0. */
function percent(fraction: number | null): string {
  return fraction === null ? '–' : `${(fraction * 100).toFixed(1)} %`;
}

function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
