/** 内置基础模型，以及为何选用：中文。与 `modelsEn.ts` 的键相同。 */
import { formatFor } from '../format';
import type { ModelMessages } from './modelsEn';

const { number, percent } = formatFor('zh');

const languages: Record<string, string> = { en: '英文', zh: '中文' };

const share = (value: number) => (value > 0 && value < 0.001 ? `不到 ${percent(0.001, 1)}` : percent(value, value < 0.1 ? 1 : 0));

export const modelsZh: ModelMessages = {
  setting: '基础模型',
  settingNote: '训练从它开始。每个模型擅长的语言不同。',
  option: (baseModel, codes) => `${codes.map((code) => languages[code] ?? code).join('、')}：${baseModel}`,
  size: (layers, parameters) => `这个有 ${number(layers)} 层、${number(Math.round(parameters / 1e4))} 万个参数。`,
  why: (chosen, worse) =>
    `选用 ${chosen.baseModel}，因为它认得这些文本：不认识的词元只占 ${share(chosen.unknownTokenShare)}，而 ${worse.baseModel} 有 ${share(worse.unknownTokenShare)} 不认识。`,
  unknown: (own, better) =>
    better === null
      ? `有 ${share(own.unknownTokenShare)} 的词元是 ${own.baseModel} 不认识的，效果会打折扣。`
      : `有 ${share(own.unknownTokenShare)} 的词元是 ${own.baseModel} 不认识的；${better.baseModel} 只有 ${share(better.unknownTokenShare)} 不认识，更适合这些文本。`,
  take: (baseModel) => `改用 ${baseModel}`,
};
