/** Words of the reports beyond single labels, in Simplified Chinese. */
import { formatFor } from '../format';
import type { reportsEn } from './reportsEn';

const { number } = formatFor('zh');
const inHundred = (share: number) => number(share * 100);

export const reportsZh: typeof reportsEn = {
  labelRows: (name) => ({ title: name, note: '文件里是它或答成它的行，答错的在前。' }),
  seeRowsOf: (name) => `查看 ${name} 的行`,
  openNote: '点名称可查看它的行。',
  difference: '差别',

  everyLabelRight: (right, total) =>
    total <= 200 ? `${number(total)} 次中有 ${number(right)} 次标签全对。` : `100 次中有 ${inHundred(right / total)} 次标签全对。`,
  labelsFound: (recall) => `文件里的标签，每 100 个找到 ${inHundred(recall)} 个。`,
  answersRight: (precision) => `它给出的标签，每 100 个有 ${inHundred(precision)} 个是对的。`,
  noLabel: '没有标签',
  allRight: '全对',
  missedExtra: (missed, extra) => [...(missed > 0 ? [`漏 ${number(missed)} 个`] : []), ...(extra > 0 ? [`多 ${number(extra)} 个`] : [])].join('，'),
  mostLabelsWrong: '标签错得最多的',

  offBy: (size) => `平均相差 ${size}。`,
  meanOffBy: (mean, size) => `如果总答平均值 ${mean}，平均相差 ${size}。`,
  offInterval: (low, high) => `对新数据，估计平均相差 ${low} 到 ${high}。`,
  farthestOff: '相差最大的',

  spansFound: (found, total) =>
    total <= 200 ? `${number(total)} 个实体找对 ${number(found)} 个。` : `每 100 个实体，完整找对 ${inHundred(found / total)} 个。`,
  spansRight: (precision) => `它标出的，每 100 个有 ${inHundred(precision)} 个是对的。`,
  marksNothing: '它什么也没有标出。',
  tagBaseline: (tag, share, marksNone) =>
    marksNone ? `如果总答“${tag}”，一个也找不到，虽然 100 个词里会对 ${inHundred(share)} 个。` : `如果总答“${tag}”，100 个词里会对 ${inHundred(share)} 个。`,
  expectSpans: (low, high) => `对新数据，估计每 100 个找对 ${inHundred(low)} 到 ${inHundred(high)} 个。`,
  expectWords: (low, high) => `对新数据，估计 100 个词里对 ${inHundred(low)} 到 ${inHundred(high)} 个。`,
  wordsRight: (share) => `100 个词里，标记对 ${inHundred(share)} 个。`,
  wholeAndRight: '完整找对',
  rightOf: (right, total) => `${number(right)} / ${number(total)}`,
  noSpan: '没有',
  mostSpansWrong: '实体错得最多的',
  perType: {
    title: '各类型的分数',
    label: '类型',
    support: '实体数',
    note: '类型和首尾都对的实体才算对。精确率：找到的里面有多少是对的。召回率：文件里的，找到了多少。',
  },
  firstText: '第一段文本',
  secondText: '第二段文本',
  given: '给出',
  givenFrom: (threshold) => `得分达到 ${threshold} 的标签才会给出。`,
  beforeTraining: (value) => `训练前：${value}。`,
  nothingFound: '这里什么也没有找到。',

  texts: '文本',
  ofType: '类型',
  anyType: '全部',
  onlyWrong: '只看有错的',
  textsShown: (shown, total) => `${number(total)} 段文本中的 ${number(shown)} 段。`,
  nothingWrong: (total) => `${number(total)} 段文本中没有标错的。`,
  legend: '下划线：文件里的标注。底色：模型找到的。',
  spans: {
    found: (_truth, found) => found,
    right: (truth) => truth,
    missed: (truth) => `${truth}，漏掉`,
    extra: (_truth, found) => `${found}，文件里没有`,
    differs: (truth, found) => (truth === found ? `${truth}，首尾不同` : `${truth}，答成 ${found}`),
  },
};
