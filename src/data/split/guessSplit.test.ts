import { expect, it } from 'vitest';
import { read } from '../testTable';
import { guessSplit } from './guessSplit';

const lines = (count: number, line: (index: number) => string): string => Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');
const guess = async (text: string) => guessSplit(await read(text, { choice: { hasHeader: true } }), ['text', 'label']);

it('proposes columns whose cells all say it', async () => {
  const named = await guess(`text,label,Fold,posted at,user_id\n${lines(12, (index) => `words ${index},a,${['train', 'dev', 'test'][index % 3]},${1 + index}/03/2024,u${index % 4}`)}`);
  expect(named).toEqual({ side: 'Fold', time: 'posted at', group: 'user_id' });
  const chinese = await guess(`text,label,划分,日期\n${lines(12, (index) => `词语 ${index},a,${['训练', '测试'][index % 2]},2024年3月${1 + index}日`)}`);
  expect(chinese).toEqual({ side: '划分', time: '日期', group: null });
});

it('proposes nothing where they do not', async () => {
  const other = await guess(`text,label,split,code,user\n${lines(12, (index) => `words ${index},a,${index % 3},${1000 + index},u${index}`)}`);
  expect(other).toEqual({ side: null, time: null, group: null });
  const oneSide = await guess(`text,label,split\n${lines(12, (index) => `words ${index},a,train`)}`);
  expect(oneSide.side).toBeNull();
});
