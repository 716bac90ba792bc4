/** Words of the report's charts, in Simplified Chinese. */
import { formatFor } from '../format';
import type { chartsEn } from './chartsEn';

const { number } = formatFor('zh');
const inHundred = (share: number) => number(share * 100);

export const chartsZh: typeof chartsEn = {
  asTable: '显示为表格',
  asChart: '显示为图表',

  calibration: '它的分数可信吗？',
  calibrationSays: {
    class: (says, right) => `它说大约 ${says} 的时候，100 次里对 ${inHundred(right)} 次。`,
    labels: (says, right) => `它给一个标签打大约 ${says} 的时候，100 行里有 ${inHundred(right)} 行真有这个标签。`,
    tokens: (says, right) => `它对一个词的标记说大约 ${says} 的时候，100 次里对 ${inHundred(right)} 次。`,
  },
  calibrationError: (error) => `分数平均偏差 ${number(error * 100)} 个百分点（期望校准误差）。`,
  says: '它说的，%',
  isRight: '实际答对，%',
  reliabilityLabel: (bins) => `按分数分成 ${number(bins)} 组，各组答对的比例。`,
  reliabilityNote: '纵轴：100 次里对几次。在虚线上，说多少就对多少；在虚线下，说得过高。点越大，答案越多。',
  reliabilityOpen: (fewest) => `空心的点不足 ${number(fewest)} 个答案，说明不了什么。`,
  bin: (says, right, answers) => `说 ${says}，对 ${right}，共 ${number(answers)} 个答案`,
  binHeads: { score: '分数', says: '它说', right: '答对', answers: '答案数' },
  binRange: (from, to) => `${from} 至 ${to}`,
  binRows: (range) => ({ title: `分数在 ${range} 的答案`, note: '答错的在前。' }),

  thresholds: '线画在哪里',
  threshold: '阈值，%',
  chosen: (threshold) => `定在 ${threshold}`,
  curves: { precision: '精确率', recall: '召回率', microF1: 'F1' },
  thresholdLabel: (threshold) => `不同阈值下的精确率、召回率和 F1；现在定在 ${threshold}。`,
  thresholdNote: '得分达到阈值的标签才会给出。阈值定在用来调整的行上 F1 最好的地方，图中画的就是这些行。',
  thresholdHeads: { threshold: '阈值', precision: '精确率', recall: '召回率', microF1: 'F1', changed: '会变' },
  thresholdChanged: '会变：换成这个阈值后标签会不同的测试行数。',
  thresholdRows: (threshold) => ({ title: `阈值为 ${threshold} 时答案会变的行`, note: '用这个阈值，这些测试行会得到别的标签。' }),
  isSet: '已选',

  predicted: '答案与文件对照',
  inFile: '文件里',
  answered: '答案',
  predictedLabel: (points) => `${number(points)} 行测试数据：文件里的数与答案。`,
  predictedNote: '纵轴：答案。在虚线上两者相等。点一个点可查看它的行。',
  predictedThinned: (shown, total) => `图中画了 ${number(total)} 行中的 ${number(shown)} 行。`,
  row: (row) => `第 ${number(row)} 行`,
  fileAndAnswer: (truth, answer) => `文件里 ${truth}，答案 ${answer}`,
};
