/** Words of the tasks, in Simplified Chinese. */
import { formatFor } from '../format';
import type { tasksEn } from './tasksEn';

const { number } = formatFor('zh');

export const tasksZh: typeof tasksEn = {
  heading: '学什么',
  names: {
    'single-label-classification': '每行一个标签',
    'text-pair-classification': '两段文本，一个标签',
    'text-pair-regression': '两段文本，一个分数',
    regression: '一个数值',
    'multi-label-classification': '每行任意多个标签',
    'text-pair-multi-label-classification': '两段文本，任意多个标签',
    'token-classification': '每个词一个标记',
  },
  guessed: {
    'single-label-classification': '每行有一个标签。',
    'text-pair-classification': '有两列的名字像一对文本。',
    'text-pair-regression': '有两列的名字像一对文本，标签是数值。',
    regression: '标签列是数值，不像类别。',
    'multi-label-classification': '一格里有多个标签，或有好几列只含 0 和 1。',
    'text-pair-multi-label-classification': '有两列的名字像一对文本，每对有多个标签。',
    'token-classification': '有一列词和与之对应的标记。',
  },
  spans: { guessed: '有一列用字符范围标出文本中的各段及其类型。', text: '文本', label: '范围' },
  columns: {
    'text-pair-classification': { text: '第一段文本', label: '标签' },
    'text-pair-regression': { text: '第一段文本', label: '分数' },
    regression: { text: '文本', label: '数值' },
    'multi-label-classification': { text: '文本', label: '标签' },
    'text-pair-multi-label-classification': { text: '第一段文本', label: '标签' },
    'token-classification': { text: '词', label: '标记' },
  },
  secondText: '第二段文本',
  severalColumns: (columns) => `${number(columns)} 个只含 0 和 1 的列`,
};
