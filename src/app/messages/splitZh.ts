/** 数据怎样划分：中文。键与 `splitEn.ts` 相同。 */
import type { Side } from '../../domain';
import { formatFor } from '../format';
import type { SplitMessages } from './splitEn';

const { number } = formatFor('zh');

const sides: Record<Side, string> = { train: '用来学习', validation: '用来调整', test: '用来测试' };

export const splitZh: SplitMessages = {
  heading: '划分',
  way: '划分方式',
  kinds: { labels: '随机，各标签比例一致', group: '按分组', time: '按时间', side: '按某一列写明的用途' },
  explained: {
    labels: '随机划分；每一边的各标签比例一致，同一文本总在同一边。',
    group: '值相同的行（例如同一个人、同一篇文档）总在一起，因此测试用的是模型没见过的组。',
    time: '最晚的行用来测试，之前的行用来调整，就像把模型用在以后的数据上。',
    side: '这一列写明每一行的用途（训练、验证、测试），不作任何移动。',
  },
  column: '依据的列',
  chooseColumn: '选择一列',
  proposed: (column) => `“${column}”列写明了每一行的用途。`,
  useIt: '按它划分',
  dateOrder: '日期读作',
  dateOrders: { 'day-month': '日、月、年', 'month-day': '月、日、年' },
  ambiguous: '从这一列的日期看不出日和月哪个在前。',
  groups: (groups) =>
    `${number(groups.train)} 组用来学习，${number(groups.validation)} 组用来调整${groups.test > 0 ? `，${number(groups.test)} 组用来测试` : ''}。`,
  from: (validation, test) => [validation && `用来调整的行从 ${validation}开始`, test && `用来测试的行从 ${test}开始`].filter(Boolean).join('，') + '。',
  splitOff: (own) => `这一列没有写明哪些行${own.map((side) => sides[side]).join('、')}，从学习的行里分出。`,
  copies: (rows) => `搁置了 ${number(rows)} 行：它们的文本在学习或调整的行里已经有了。`,
  withoutLeaks: (leaked, total, figures) =>
    `${number(total)} 行测试数据中有 ${number(leaked)} 行的文本学习时见过，分数会虚高。${figures.length === 0 ? '没有其他行可以说明。' : `其余各行：${figures.join('，')}。`}`,
  reasons: {
    'empty-group': '没有分组',
    'unreadable-time': '的时间读不出',
    'unknown-side': '没有写明用途',
    'other-test': '写明用来测试，但另有测试文件',
    'too-long': '的文本超过能读的长度',
    outlier: '的数值远离其他',
    'copy-elsewhere': '的文本在前面的一边已经有了',
  },
};
