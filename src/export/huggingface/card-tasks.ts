/** What a model card says that depends on what is answered, and of how many texts: title, scores, limits and use. */
import { reportMetrics, taskKinds, type Report, type TargetKind } from '../../domain';
import { escapeMarkdown } from './escape';

type Language = 'en' | 'zh';

interface TaskTexts {
  title: string;
  intro: (base: string, labels: number) => string;
  /** Null where nothing is to be said beyond what holds for every task. */
  limit: ((labels: number) => string) | null;
}

/** What it gives to `what` ("a text", "a pair"), and what it is called. */
interface KindTexts {
  title: (pair: boolean) => string;
  gives: (what: string, labels: number) => string;
  limit?: (what: string, labels: number) => string;
}

const kinds: Record<Language, Record<TargetKind, KindTexts>> = {
  en: {
    class: {
      title: (pair) => (pair ? 'Text pair classifier' : 'Text classifier'),
      gives: (what, labels) => `Sorts a ${what} into one of ${labels} labels.`,
      limit: (what, labels) => `Every ${what} gets one of the ${labels} labels, also a ${what} that belongs to none of them.`,
    },
    number: { title: (pair) => (pair ? 'Text pair scorer' : 'Text scorer'), gives: (what) => `Gives a ${what} a number.` },
    labels: { title: (pair) => (pair ? 'Multi-label text pair classifier' : 'Multi-label text classifier'), gives: (what, labels) => `Gives a ${what} any of ${labels} labels, or none.` },
    tokens: { title: () => 'Token classifier', gives: (what, labels) => `Tags the words of a ${what} with ${labels} tags. A word has the tag of its first token.` },
  },
  zh: {
    class: {
      title: (pair) => (pair ? '文本对分类模型' : '文本分类模型'),
      gives: (what, labels) => `把一${what}归入 ${labels} 个标签之一。`,
      limit: (what, labels) => `任何一${what}都会得到 ${labels} 个标签之一，即使它不属于其中任何一个。`,
    },
    number: { title: (pair) => (pair ? '文本对评分模型' : '文本评分模型'), gives: (what) => `给一${what}打分。` },
    labels: { title: (pair) => (pair ? '多标签文本对分类模型' : '多标签文本分类模型'), gives: (what, labels) => `给一${what} ${labels} 个标签中的任意几个，也可以没有。` },
    tokens: { title: () => '序列标注模型', gives: (what, labels) => `给一${what}中的每个词标上 ${labels} 种标记之一，以词的第一个词元为准。` },
  },
};

const words = {
  en: { text: 'text', pair: 'pair', readsTwo: 'Reads two texts at once. ', tuned: (base: string) => ` Fine-tuned from ${base} in a browser with Anneal.` },
  zh: { text: '段文本', pair: '对文本', readsTwo: '同时读取两段文本。', tuned: (base: string) => `由 Anneal 在浏览器中基于 ${base} 微调而成。` },
};

export function taskTexts(report: Report, language: Language): TaskTexts {
  const { title, gives, limit } = kinds[language][report.kind];
  const { pair } = taskKinds[report.task];
  const own = words[language];
  const what = pair ? own.pair : own.text;
  return {
    title: title(pair),
    intro: (base, labels) => `${pair ? own.readsTwo : ''}${gives(what, labels)}${own.tuned(base)}`,
    limit: limit ? (labels) => limit(what, labels) : null,
  };
}

const names: Record<Language, Record<string, string>> = {
  en: {
    accuracy: 'Accuracy', macroF1: 'Macro F1', microF1: 'Micro F1', sampleF1: 'Sample F1', exactMatch: 'Rows with every label right', threshold: 'Threshold (chosen on the validation rows)', loss: 'Test loss',
    meanSquaredError: 'Mean squared error', meanAbsoluteError: 'Mean absolute error', r2: 'R2', pearson: 'Pearson correlation', spearman: 'Spearman correlation',
    precision: 'Precision of entities', recall: 'Recall of entities', f1: 'F1 of entities (type and both ends right)', tokenAccuracy: 'Words with the right tag',
  },
  zh: {
    accuracy: '准确率', macroF1: '宏平均 F1', microF1: '微平均 F1', sampleF1: '样本平均 F1', exactMatch: '标签全部正确的行', threshold: '阈值（在验证数据上选定）', loss: '测试损失',
    meanSquaredError: '均方误差', meanAbsoluteError: '平均绝对误差', r2: 'R2', pearson: '皮尔逊相关系数', spearman: '斯皮尔曼相关系数',
    precision: '实体精确率', recall: '实体召回率', f1: '实体 F1（类型与边界都正确）', tokenAccuracy: '标记正确的词',
  },
};

/** What always answering the same reaches; a stranger's labels are escaped. */
function baselineLine(report: Report, language: Language): string {
  const say = (answer: string, name: string, value: number) =>
    language === 'en' ? `For comparison: always answering ${answer} gives ${names.en[name]} ${value.toFixed(4)}` : `对比：始终回答 ${answer} 时，${names.zh[name]}为 ${value.toFixed(4)}`;
  switch (report.kind) {
    case 'class':
      return say(escapeMarkdown(report.baseline.label), 'accuracy', report.baseline.accuracy);
    case 'number':
      return say(report.baseline.value.toFixed(4), 'meanSquaredError', report.baseline.meanSquaredError);
    case 'labels':
      return say(report.baseline.labels.map((label) => escapeMarkdown(label)).join(', '), 'microF1', report.baseline.microF1);
    case 'tokens':
      return say(escapeMarkdown(report.baseline.label), 'tokenAccuracy', report.baseline.tokenAccuracy);
  }
}

/** A figure that has no meaning is a dash, never 0. */
export function scoreLines(report: Report, language: Language): string[] {
  const figure = ([name, value]: [string, number | null]): string => {
    const interval = report.intervals[name];
    const ends = interval ? interval.map((end) => end.toFixed(4)) : [];
    const within = language === 'en' ? ` (95 % interval ${ends.join(' to ')})` : `（95 % 区间 ${ends.join(' 至 ')}）`;
    return `${names[language][name] ?? name}: ${value === null ? '–' : value.toFixed(4)}${interval ? within : ''}`;
  };
  const lines = [...Object.entries(reportMetrics(report)).map(figure), baselineLine(report, language)];
  lines.push(language === 'en' ? `Measured on ${report.rows} test rows that were not trained on` : `在 ${report.rows} 行未参与训练的测试数据上测得`);
  if ('scaler' in report) {
    const { mean, standardDeviation } = report.scaler;
    lines.push(language === 'en' ? `Scaler: the model's number × ${standardDeviation} + ${mean} is the target's` : `缩放：模型输出 × ${standardDeviation} + ${mean} 即为目标值`);
  }
  return lines;
}

/** Python that opens the folder with the class that its `config.json` names, and answers as the report did. */
export function useLines(report: Report, folder = 'path/to/this/folder'): string[] {
  const head = report.kind === 'tokens' ? 'AutoModelForTokenClassification' : 'AutoModelForSequenceClassification';
  const texts = taskKinds[report.task].pair ? '"The first text", "The second text"' : '"A text"';
  const run = (inputs: string): string[] => [`inputs = tokenizer(${inputs}, truncation=True, return_tensors="pt")`, 'with torch.no_grad():', '    logits = model(**inputs).logits[0]'];
  return [
    'import torch',
    `from transformers import ${head}, AutoTokenizer`,
    '',
    `folder = "${folder}"`,
    'tokenizer = AutoTokenizer.from_pretrained(folder)',
    `model = ${head}.from_pretrained(folder).eval()`,
    ...(report.kind === 'tokens' ? ['words = ["Some", "words"]', ...run('words, is_split_into_words=True')] : run(texts)),
    ...answerLines(report),
  ];
}

/** From `logits` to what the report counted. */
function answerLines(report: Report): string[] {
  switch (report.kind) {
    case 'class':
      return ['print(model.config.id2label[int(logits.argmax())])'];
    case 'number':
      return [`print(float(logits[0]) * ${report.scaler.standardDeviation} + ${report.scaler.mean})`];
    case 'labels':
      return [`print([model.config.id2label[i] for i, score in enumerate(logits.sigmoid()) if score >= ${report.threshold}])`];
    case 'tokens':
      return [
        'first = {word: token for token, word in reversed(list(enumerate(inputs.word_ids(0)))) if word is not None}',
        'print([(words[word], model.config.id2label[int(logits[first[word]].argmax())]) for word in sorted(first)])',
      ];
  }
}
