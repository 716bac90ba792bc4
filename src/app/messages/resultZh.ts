/** Words of the Result place, in Simplified Chinese. */
import { formatFor } from '../format';
import type { resultEn } from './resultEn';

const { number, percent, list, decimal } = formatFor('zh');

export const resultZh: typeof resultEn = {
  place: '结果',
  empty: '训练之后在这里看：对没见过的数据，答对多少。',
  right: (right, total) =>
    total <= 200 ? `${number(total)} 次中答对 ${number(right)} 次。` : `100 次中答对 ${number((right / total) * 100)} 次。`,
  baseline: (label, right, total) =>
    total <= 200 ? `如果总答“${label}”，会对 ${number(right)} 次。` : `如果总答“${label}”，100 次中会对 ${number((right / total) * 100)} 次。`,
  interval: (total, low, high) =>
    total < 100
      ? `测试的行不多，估计 100 次中能对 ${number(low * 100)} 到 ${number(high * 100)} 次。`
      : `对新数据，估计 100 次中能对 ${number(low * 100)} 到 ${number(high * 100)} 次。`,
  accuracy: '正确率',
  figure: (name: string, value: number | null) => `${name} ${value === null ? '–' : decimal(value, 3)}。`,
  metrics: {
    accuracy: '准确率', macroF1: '宏平均 F1', microF1: '微平均 F1', sampleF1: '样本平均 F1', exactMatch: '全部正确的行', threshold: '阈值', loss: '测试损失',
    meanSquaredError: '均方误差', meanAbsoluteError: '平均绝对误差', r2: 'R²', pearson: '皮尔逊相关系数', spearman: '斯皮尔曼相关系数',
    precision: '精确率', recall: '召回率', f1: '实体 F1', tokenAccuracy: '正确的词',
  },
  macroF1: '宏平均 F1',
  macroF1Note: '各标签 F1 的平均，每个标签同样重要。',
  testRows: '测试行数',
  perLabel: '各标签的分数',
  label: '标签',
  precision: '精确率',
  recall: '召回率',
  f1: 'F1',
  support: '行数',
  blank: '无数据',
  perLabelNote: '精确率：答成这个标签的，有多少是对的。召回率：属于这个标签的，找到了多少。',
  confusion: '把什么认成了什么',
  confusionNote: '竖排是文件里的标签，横排是模型的答案。',
  showMatrix: '显示整张表',
  hideMatrix: '收起整张表',
  noMatrix: '标签太多，列不成表；最常见的混淆在上面。',
  cell: (label, answer, total) =>
    label === answer ? `${label}，答对：${number(total)} 行` : `${label}认成${answer}：${number(total)} 行`,
  worstPairs: '最常见的混淆',
  pair: (label, answer) => `${label} 认成 ${answer}`,
  noWrong: '测试的行全部答对。',
  wrong: '最有把握却答错的',
  seeWrong: (total) => `查看答错的全部 ${number(total)} 行`,
  text: '文本',
  answer: '答案',
  score: '分数',
  row: '行',
  rowsHeading: (label, answer) => (label === answer ? `${label}，答对` : `${label} 认成 ${answer}`),
  wrongHeading: '答错的行，最有把握的在前',
  answered: (label, answer, score) => `${label}，答成 ${answer}（${percent(score)}）`,
  csv: '下载测试结果（CSV）',
  csvGuarded: (total) => `有 ${number(total)} 个文本格的开头像公式，前面会加一个撇号，让电子表格当作文字显示。`,
  csvGuard: '加撇号',
  tryIt: '试一试',
  tryPlaceholder: '写一条消息',
  tryWait: '训练结束后就可以用了。',
  tryTuned: '训练后',
  tryBase: '训练前',
  tryNote: '训练前：同一个模型，还没有训练。',
  tryScores: '各标签的得分',
  tryTrained: '训练后',
  tryBefore: '训练前',
  tryCut: (tokens, cut) => `共 ${number(tokens)} 个词元，最后 ${number(cut)} 个读不到。`,
  download: '下载模型',
  downloadAgain: '再存一次',
  downloading: '正在准备下载',
  packed: (total, difference) =>
    `已备好，并在全部 ${number(total)} 行测试数据上核对过（最大相差 ${difference === 0 ? '0' : difference.toExponential(1)}）。`,
  opens: '在 PyTorch 里用这几行打开：',
  opensShort: (total) => `可在 PyTorch 里打开；会在全部 ${number(total)} 行测试数据上核对。`,
  copyLines: '复制这几行',
  pytorch: 'PyTorch',
  noWeights: '这次训练的权重已不在这台设备上。重新训练就会有。',
  unseen: (labels) => `测试的行里没有这些标签，所以没有分数：${list(labels)}。`,
};
