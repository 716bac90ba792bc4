/** The model card's sentences, one set a language. What is put into them is already escaped. */

export interface CardTexts {
  scores: string;
  accuracy(value: string, low: string, high: string, rows: number): string;
  baseline(value: string, label: string): string;
  macroF1(value: string): string;
  loss(value: string): string;
  /** Label, training rows, test rows, precision, recall, F1. */
  tableHead: string[];
  moreLabels(left: number): string;
  data: string;
  file(name: string, rows: number, used: number, setAside: number): string;
  columns(text: string, label: string): string;
  split(train: number, validation: number, test: number, seed: number): string;
  testFile(name: string): string;
  training: string;
  settings(epochs: number, learningRate: number, batch: number, length: number): string;
  run(steps: number, bestStep: number, duration: string, device: string, version: string): string;
  newPooler(base: string): string;
  recipe: string;
  limits: string;
  limitDomain: string;
  limitLength(tokens: number): string;
  limitRows(rows: number): string;
  use: string;
  /** Inside a Python string: no quotes, no backslashes. */
  example: string;
  useLength(tokens: number): string;
}

const english: CardTexts = {
  scores: 'Scores',
  accuracy: (value, low, high, rows) =>
    `Accuracy ${value} on ${rows} test rows that were not trained on (95 % interval ${low} to ${high})`,
  baseline: (value, label) => `For comparison: always answering ${label} would be right in ${value}`,
  macroF1: (value) => `Macro F1 ${value}`,
  loss: (value) => `Test loss ${value}`,
  tableHead: ['Label', 'Training rows', 'Test rows', 'Precision', 'Recall', 'F1'],
  moreLabels: (left) => `And ${left} more labels, see \`config.json\`.`,
  data: 'Data',
  file: (name, rows, used, setAside) => `${name}: ${rows} rows, ${used} used, ${setAside} set aside`,
  columns: (text, label) => `Text from column ${text}, label from column ${label}`,
  split: (train, validation, test, seed) => `${train} rows for training, ${validation} for validation, ${test} for the test (seed ${seed})`,
  testFile: (name) => `The test rows come from a file of their own: ${name}`,
  training: 'Training',
  settings: (epochs, learningRate, batch, length) =>
    `At most ${epochs} epochs, learning rate ${learningRate}, ${batch} rows a batch, texts cut at ${length} tokens`,
  run: (steps, bestStep, duration, device, version) =>
    `${steps} steps in ${duration} on ${device}; the weights are those of step ${bestStep}, the best on the validation rows (Anneal ${version})`,
  newPooler: (base) => `${base} comes without a pooler; it was started anew, like the head`,
  recipe: 'Everything that decided the run is in `anneal-recipe.json`',
  limits: 'Limits',
  limitDomain: 'The scores hold for texts like those of the file. Texts from elsewhere, or of another language, may do worse.',
  limitLength: (tokens) => `Only the first ${tokens} tokens of a text are read.`,
  limitRows: (rows) => `The scores were measured on ${rows} rows; the interval says how far chance alone can move them.`,
  use: 'Use',
  example: 'A text to sort',
  useLength: (tokens) => `\`model_max_length\` is ${tokens}, the length trained with, so \`truncation=True\` cuts where training cut.`,
};

const chinese: CardTexts = {
  scores: '评估结果',
  accuracy: (value, low, high, rows) => `准确率 ${value}，在 ${rows} 行未参与训练的测试数据上测得（95 % 置信区间 ${low} 至 ${high}）`,
  baseline: (value, label) => `对照：始终回答 ${label} 的准确率为 ${value}`,
  macroF1: (value) => `宏平均 F1 ${value}`,
  loss: (value) => `测试损失 ${value}`,
  tableHead: ['标签', '训练行数', '测试行数', '精确率', '召回率', 'F1'],
  moreLabels: (left) => `另有 ${left} 个标签，见 \`config.json\`。`,
  data: '数据',
  file: (name, rows, used, setAside) => `${name}：共 ${rows} 行，使用 ${used} 行，搁置 ${setAside} 行`,
  columns: (text, label) => `文本取自列 ${text}，标签取自列 ${label}`,
  split: (train, validation, test, seed) => `训练 ${train} 行，验证 ${validation} 行，测试 ${test} 行（随机种子 ${seed}）`,
  testFile: (name) => `测试数据来自单独的文件：${name}`,
  training: '训练',
  settings: (epochs, learningRate, batch, length) => `最多 ${epochs} 轮，学习率 ${learningRate}，每批 ${batch} 行，文本截断为 ${length} 个词元`,
  run: (steps, bestStep, duration, device, version) =>
    `在 ${device} 上用 ${duration} 训练 ${steps} 步；权重取自验证数据上最好的第 ${bestStep} 步（Anneal ${version}）`,
  newPooler: (base) => `${base} 不带 pooler 层；与分类头一样，从随机值开始训练`,
  recipe: '决定这次训练的全部设置见 `anneal-recipe.json`',
  limits: '局限',
  limitDomain: '以上结果只适用于与数据文件相似的文本；其他来源或其他语言的文本，效果可能较差。',
  limitLength: (tokens) => `只读取文本的前 ${tokens} 个词元。`,
  limitRows: (rows) => `结果在 ${rows} 行数据上测得；置信区间表示偶然因素可能造成的偏差。`,
  use: '使用',
  example: '要分类的文本',
  useLength: (tokens) => `\`model_max_length\` 为 ${tokens}，即训练时的长度，因此 \`truncation=True\` 的截断位置与训练一致。`,
};

export const cardTexts: Record<'en' | 'zh', CardTexts> = { en: english, zh: chinese };
