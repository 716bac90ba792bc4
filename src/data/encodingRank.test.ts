import { describe, expect, it } from 'vitest';
import type { EncodingName } from '../domain';
import { decode } from './decode';
import { detectEncoding } from './encoding';
import { bytesOf, fromHex, joined, latin1, read, rowsOf } from './testTable';

/** Bytes of a text in an encoding of one or two bytes a character, by asking the decoder for every code. */
function encode(text: string, encoding: EncodingName): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const codes = new Map<string, number[]>();
  const add = (code: number[]) => {
    const sign = decoder.decode(Uint8Array.from(code));
    if (!codes.has(sign)) codes.set(sign, code);
  };
  for (let byte = 0; byte < 256; byte += 1) add([byte]);
  if (encoding === 'big5' || encoding === 'shift_jis') {
    for (let lead = 0x81; lead < 0xfd; lead += 1) for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail]);
  }
  return Uint8Array.from(
    [...text].flatMap((sign) => {
      const code = codes.get(sign);
      if (code === undefined) throw new Error(`${sign} is not in ${encoding}`);
      return code;
    }),
  );
}

const texts: [EncodingName, string][] = [
  ['big5', '這家餐廳的服務很好，下次還會再來,好評\n太慢了，不推薦,差評\n'],
  ['big5', '好吃,好\n'],
  ['shift_jis', 'とても美味しかったです,良い\n最悪でした。二度と行きません,悪い\n'],
  ['shift_jis', '商品到着,良\n'],
  ['shift_jis', 'ラーメン,good\n'],
  ['windows-1250', 'Zażółć gęślą jaźń,dobre\nŁódź jest piękna,złe\n'],
  ['windows-1250', 'Příliš žluťoučký kůň,dobré\n'],
  ['windows-1250', 'şi ţara noastră în care,da\n'],
  ['windows-1250', 'być może,nie\n'],
  ['windows-1251', 'Очень хороший ресторан,хорошо\nУжасно медленно,плохо\n'],
  ['windows-1251', 'ХОРОШО,ПЛОХО\n'],
  ['windows-1251', 'да,нет\n'],
  ['windows-1251', 'Привіт; як справи? Дуже добре,їжа\n'],
  ['windows-1251', 'веома лоше и споро,хвала\n'],
  ['windows-1253', 'Πολύ καλό φαγητό,καλό\nάργησε πολύ,κακό\n'],
  ['windows-1253', 'ναι,όχι\n'],
  ['windows-1254', 'çok güzel; teşekkürler ığdır,iyi\n'],
  ['windows-1254', 'değil,kötü\n'],
  ['windows-1255', 'שירות טוב מאוד,חיובי\nאיטי מדי,שלילי\n'],
  ['windows-1256', 'خدمة جيدة جدا,ايجابي\nبطيء للغاية,سلبي\n'],
  ['windows-1256', 'نعم,لا\n'],
  ['windows-1257', 'ačiū labai; gražu žmogus ėjo,taip\n'],
  ['windows-1257', 'ļoti labi; paldies; šķiet,jā\n'],
];

describe('encodings beyond GB18030 and Windows-1252', () => {
  it.each(texts)('finds %s by content: %j', async (encoding, text) => {
    const bytes = joined(bytesOf('text,label\n'), encode(text, encoding));
    expect(detectEncoding(bytes).encoding).toBe(encoding);
    expect(await decode(bytes, encoding, 'test.csv')).toBe(`text,label\n${text}`);
    const table = await read(bytes);
    const rows = text.trimEnd().split('\n');
    expect(rowsOf(table).map((cells) => cells.join(','))).toEqual(rows);
    expect(table.notices).toContainEqual(expect.objectContaining({ kind: 'encoding', encoding }));
  });

  it('leaves Western text with many languages, signs and capitals as it is', async () => {
    for (const text of [
      'Müller und Brönner, très chère, niño, São Paulo, Þór, Århus\n',
      'm² 20 µg ±3 §4 ½ £5 ¥6 ©®\n',
      'ÇÖZÜM,KÖTÜ\n',
      'õhtu ööpäev,ok\n',
      '\xabOui\xbb,\xbfqu\xe9?\n',
    ]) {
      expect(detectEncoding(joined(bytesOf('text,label\n'), latin1(text))).encoding, text).toBe('windows-1252');
    }
  });

  it('names every encoding that is close, the likeliest first, and none that reads the same', async () => {
    // Hungarian: ő and ű are õ and û in Windows-1252, which Portuguese and French have.
    const hungarian = detectEncoding(joined(bytesOf('text,label\n'), encode('árvíztűrő tükörfúrógép,jó\n', 'windows-1250')));
    expect(hungarian.others).toContain(hungarian.encoding === 'windows-1250' ? 'windows-1252' : 'windows-1250');
    expect(hungarian.close).toBe(hungarian.others[0]);
    expect(detectEncoding(joined(bytesOf('text,label\n'), latin1('Müller,gut\n'))).others).toEqual([]);
    for (const text of ['да,нет\n', 'Очень хороший ресторан,хорошо\n']) {
      expect(detectEncoding(joined(bytesOf('text,label\n'), encode(text, 'windows-1251'))).others).toEqual([]);
    }
    const close = detectEncoding(joined(fromHex('c6afc1c1'), bytesOf(',a\n')));
    expect([close.encoding, ...close.others]).toEqual(expect.arrayContaining(['gb18030', 'windows-1252']));
  });

  it('fault 4: names the second encoding also where it is none of the two commonest', async () => {
    const bytes = joined(bytesOf('text,label\n很快很不错很快很不错,好评\n'), encode('Очень хорошо,хорошо\n', 'windows-1251'));
    await expect(decode(bytes, detectEncoding(bytes).encoding, 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: expect.objectContaining({ row: 3, likely: 'windows-1251' }) }),
    );
  });
});
