/** What the sides of a given split are called in tables. */
import type { Side } from '../../domain';
import { normalizeName } from '../columnNames';

const names: Record<Side, ReadonlySet<string>> = {
  train: new Set('train training trn learn 训练 训练集 訓練 訓練集'.split(' ')),
  validation: new Set('validation validate valid val dev devel develop development eval evaluation tune tuning 验证 验证集 驗證 驗證集 开发 开发集 開發 開發集'.split(' ')),
  test: new Set('test testing tst holdout held_out heldout 测试 测试集 測試 測試集'.split(' ')),
};

/** Null for a value that names no side. */
export function sideNamed(cell: string): Side | null {
  const name = normalizeName(cell.normalize('NFKC'));
  return (['train', 'validation', 'test'] as const).find((side) => names[side].has(name)) ?? null;
}

/** Names of columns that say it. */
export const sideColumnNames: ReadonlySet<string> = new Set('split splits set sets fold subset partition side part dataset_split 划分 数据划分 集合 分组'.split(' '));
