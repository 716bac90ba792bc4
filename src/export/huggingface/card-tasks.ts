/** What a model card says that depends on the task: title, scores, limits and use, one set a language. */
import { reportMetrics, type Report } from '../../domain';

type Language = 'en' | 'zh';
/** Single-label classification has sentences of its own in card-texts.ts. */
export type PlainTask = Exclude<Report['task'], 'single-label-classification'>;

interface TaskTexts {
  title: string;
  intro: (base: string, labels: number) => string;
  /** Null where nothing is to be said beyond what holds for every task. */
  limit: ((labels: number) => string) | null;
}

const pairIntroEn = 'Reads two texts at once.';
const pairIntroZh = '同时读取两段文本。';

const texts: Record<Language, Record<PlainTask, TaskTexts>> = {
  en: {
    'text-pair-classification': {
      title: 'Text pair classifier',
      intro: (base, labels) => `${pairIntroEn} Sorts a pair into one of ${labels} labels. Fine-tuned from ${base} in a browser with Anneal.`,
      limit: (labels) => `Every pair gets one of the ${labels} labels, also a pair that belongs to none of them.`,
    },
    'text-pair-regression': { title: 'Text pair scorer', intro: (base) => `${pairIntroEn} Gives a pair a number. Fine-tuned from ${base} in a browser with Anneal.`, limit: null },
    regression: { title: 'Text scorer', intro: (base) => `Gives a text a number. Fine-tuned from ${base} in a browser with Anneal.`, limit: null },
    'multi-label-classification': {
      title: 'Multi-label text classifier',
      intro: (base, labels) => `Gives a text any of ${labels} labels, or none. Fine-tuned from ${base} in a browser with Anneal.`,
      limit: null,
    },
    'token-classification': {
      title: 'Token classifier',
      intro: (base, labels) => `Tags the words of a text with ${labels} tags. A word has the tag of its first token. Fine-tuned from ${base} in a browser with Anneal.`,
      limit: null,
    },
  },
  zh: {
    'text-pair-classification': {
      title: '文本对分类模型',
      intro: (base, labels) => `${pairIntroZh}把一对文本归入 ${labels} 个标签之一。由 Anneal 在浏览器中基于 ${base} 微调而成。`,
      limit: (labels) => `任何一对文本都会得到 ${labels} 个标签之一，即使它不属于其中任何一个。`,
    },
    'text-pair-regression': { title: '文本对评分模型', intro: (base) => `${pairIntroZh}给一对文本打分。由 Anneal 在浏览器中基于 ${base} 微调而成。`, limit: null },
    regression: { title: '文本评分模型', intro: (base) => `给一段文本打分。由 Anneal 在浏览器中基于 ${base} 微调而成。`, limit: null },
    'multi-label-classification': {
      title: '多标签文本分类模型',
      intro: (base, labels) => `给一段文本 ${labels} 个标签中的任意几个，也可以没有。由 Anneal 在浏览器中基于 ${base} 微调而成。`,
      limit: null,
    },
    'token-classification': {
      title: '序列标注模型',
      intro: (base, labels) => `给文本中的每个词标上 ${labels} 种标记之一，以词的第一个词元为准。由 Anneal 在浏览器中基于 ${base} 微调而成。`,
      limit: null,
    },
  },
};

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

export function taskTexts(task: PlainTask, language: Language): TaskTexts {
  return texts[language][task];
}

/** A figure that has no meaning is a dash, never 0. */
export function scoreLines(report: Report, language: Language): string[] {
  const lines = Object.entries(reportMetrics(report)).map(([name, value]) => `${names[language][name] ?? name}: ${value === null ? '–' : value.toFixed(4)}`);
  lines.push(language === 'en' ? `Measured on ${report.rows} test rows that were not trained on` : `在 ${report.rows} 行未参与训练的测试数据上测得`);
  if ('scaler' in report) {
    const { mean, standardDeviation } = report.scaler;
    lines.push(language === 'en' ? `Scaler: the model's number × ${standardDeviation} + ${mean} is the target's` : `缩放：模型输出 × ${standardDeviation} + ${mean} 即为目标值`);
  }
  return lines;
}

/** Python that opens the folder with the class that its `config.json` names, and answers as the report did. */
export function useLines(report: Report, folder = 'path/to/this/folder'): string[] {
  const head = report.task === 'token-classification' ? 'AutoModelForTokenClassification' : 'AutoModelForSequenceClassification';
  const open = [
    'import torch',
    `from transformers import ${head}, AutoTokenizer`,
    '',
    `folder = "${folder}"`,
    'tokenizer = AutoTokenizer.from_pretrained(folder)',
    `model = ${head}.from_pretrained(folder).eval()`,
  ];
  const run = (inputs: string): string[] => [`inputs = tokenizer(${inputs}, truncation=True, return_tensors="pt")`, 'with torch.no_grad():', '    logits = model(**inputs).logits[0]'];
  switch (report.task) {
    case 'single-label-classification':
      return [...open, ...run('"A text"'), 'print(model.config.id2label[int(logits.argmax())])'];
    case 'text-pair-classification':
      return [...open, ...run('"The first text", "The second text"'), 'print(model.config.id2label[int(logits.argmax())])'];
    case 'regression':
    case 'text-pair-regression': {
      const { mean, standardDeviation } = report.scaler;
      return [...open, ...run(report.task === 'regression' ? '"A text"' : '"The first text", "The second text"'), `print(float(logits[0]) * ${standardDeviation} + ${mean})`];
    }
    case 'multi-label-classification':
      return [...open, ...run('"A text"'), `print([model.config.id2label[i] for i, score in enumerate(logits.sigmoid()) if score >= ${report.threshold}])`];
    case 'token-classification':
      return [
        ...open,
        'words = ["Some", "words"]',
        ...run('words, is_split_into_words=True'),
        'first = {word: token for token, word in reversed(list(enumerate(inputs.word_ids(0)))) if word is not None}',
        'print([(words[word], model.config.id2label[int(logits[first[word]].argmax())]) for word in sorted(first)])',
      ];
  }
}
