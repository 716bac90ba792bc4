import { describe, expect, it } from 'vitest';
import { decode } from './decode';
import { detectEncoding } from './encoding';
import { bytesOf, fromHex, joined, latin1, utf16 } from './testTable';
import { findInvalidUtf8 } from './utf8';
import { decodeWindows1252 } from './windows1252';

const header = bytesOf('text,label\n');
/** 很快很不错 and 好评 in GBK. */
const fast = fromHex('badc bfec badc b2bb b4ed');
const good = fromHex('bac3 c6c0');
const comma = fromHex('2c');
const lineEnd = fromHex('0a');
const chineseRow = joined(fast, comma, good, lineEnd);

const europeanTexts = [
  'Hélène,Mahé\n',
  'Müller,gut\n',
  'très bien,positif\nça a été créé là-bas,négatif\n',
  'Straße,gut\nschön über süß,gut\n',
  'ESPAÑOL,SÍ\nmañana será otro día,no\n',
  'INFORMAÇÃO,AÇÃO\nnão há opções,não\n',
  'naïve,ok\nnothing else,ok\n',
  '25 °C,warm\n½ price,ok\n',
  '«Où êtes-vous ?»,question\n',
  'Ångström,ok\nblåbærsyltetøj,ok\n',
  'L’été,oui\n'.replace('’', '\x92'),
  'quote \x93curly\x94 – dash \x96,ok\n'.replace('–', ''),
  'perché no,sì\nè già lì,no\n',
  'København,by\n',
  'Åse Øye,navn\n',
  'Ö,ä\n',
  'price £5,ok\nprice £6,ok\n',
  'François,ok\n',
  '© 2020,notice\n',
  'Überraschung,ja\nÄrger,nein\n',
  'señor,¿qué?\n',
  'ÀÁ,é è à é ù\n',
];

describe('detectEncoding', () => {
  it.each(europeanTexts)('fault 3: Latin text never turns Chinese: %j', async (text) => {
    const bytes = joined(header, latin1(text));
    expect(detectEncoding(bytes).encoding).toBe('windows-1252');
  });

  it('fault 3: reads Chinese in GBK, short or long, with Latin words beside it', async () => {
    for (const rows of [
      chineseRow,
      joined(good, comma, good, lineEnd),
      joined(bytesOf('iPhone'), fast, bytesOf('A+'), comma, good, lineEnd),
      joined(...Array.from({ length: 50 }, () => chineseRow)),
    ]) {
      expect(detectEncoding(joined(header, rows)).encoding).toBe('gb18030');
    }
    expect(await decode(joined(header, chineseRow), 'gb18030', 'test.csv')).toBe('text,label\n很快很不错,好评\n');
  });

  it('fault 3: asks where the two best are close', async () => {
    const mixed = joined(header, good, lineEnd, latin1('café,é\n'), good, lineEnd);
    expect(detectEncoding(mixed).close).not.toBeNull();
    expect(detectEncoding(joined(header, chineseRow, chineseRow)).close).toBeNull();
  });

  it('fault 4: calls a file UTF-8 of which only the start is', async () => {
    const start = bytesOf('text,label\n很快很不错,好评\n很快很不错,好评\n');
    const bytes = joined(start, ...Array.from({ length: 60 }, () => chineseRow));
    expect(detectEncoding(bytes).encoding).toBe('utf-8');
  });

  it('finds byte-order marks and UTF-16 without one', async () => {
    const text = 'text,label\n一直很快,好评\nok,fine\n';
    expect(detectEncoding(joined(fromHex('efbbbf'), bytesOf(text)))).toMatchObject({
      encoding: 'utf-8',
      hasByteOrderMark: true,
    });
    for (const littleEndian of [true, false]) {
      const encoding = littleEndian ? 'utf-16le' : 'utf-16be';
      expect(detectEncoding(utf16(`\ufeff${text}`, littleEndian))).toMatchObject({ encoding, hasByteOrderMark: true });
      for (const bare of [text, 'text,label\nplain english,ok\n', '评论,标签\n一直很快很不错,好评\n']) {
        const bytes = utf16(bare, littleEndian);
        expect(detectEncoding(bytes)).toMatchObject({ encoding, hasByteOrderMark: false });
        expect(await decode(bytes, encoding, 'test.csv')).toBe(bare);
      }
    }
  });

  it('keeps UTF-8 with NUL characters and with U+FFFD', async () => {
    expect(detectEncoding(bytesOf('a,b,c\n\0,2,3\n')).encoding).toBe('utf-8');
    expect(await decode(bytesOf('a,\ufffd'), 'utf-8', 'test.csv')).toBe('a,\ufffd');
  });
});

describe('decode', () => {
  it('fault 4: gives row and byte where the encoding changes, and what the rest likely is', async () => {
    const utf8 = bytesOf('text,label\n"很快\n很不错",好评\n很快很不错,好评\n');
    const bytes = joined(utf8, chineseRow, chineseRow);
    expect(detectEncoding(bytes).encoding).toBe('utf-8');
    await expect(decode(bytes, 'utf-8', 'test.csv')).rejects.toEqual(
      expect.objectContaining({
        code: 'data.mixed-encoding',
        facts: { file: 'test.csv', encoding: 'utf-8', row: 4, byte: utf8.length, likely: 'gb18030', unreadable: 2, sample: '很快很不错,好评' },
      }),
    );
    const western = joined(bytesOf('text,label\nça va là-bas été même où,é\n'), latin1('très déjà vu été,é\n'));
    await expect(decode(western, 'utf-8', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: expect.objectContaining({ row: 3, likely: 'windows-1252' }) }),
    );
  });

  it('fault 4: says where a last character is cut, in every encoding', async () => {
    const cut = bytesOf('text,label\n很快,好').subarray(0, -1);
    expect(detectEncoding(cut).encoding).toBe('utf-8');
    const facts = { file: 'test.csv', likely: null, unreadable: 1, sample: null };
    await expect(decode(cut, 'utf-8', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: { ...facts, encoding: 'utf-8', row: 2, byte: 18 } }),
    );
    const gbk = joined(header, chineseRow, fromHex('ba'));
    await expect(decode(gbk, 'gb18030', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: { ...facts, encoding: 'gb18030', row: 3, byte: gbk.length - 1 } }),
    );
    const wide = utf16('a,b\n1,2\n3', true).subarray(0, -1);
    await expect(decode(wide, 'utf-16le', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: { ...facts, encoding: 'utf-16le', row: 3, byte: 16 } }),
    );
  });

  it('decodes characters across pieces of a large file, and finds a wrong byte far inside', async () => {
    const text = `text,label\n${'很快很不错😀,好评\n'.repeat(200_000)}`;
    const bytes = bytesOf(text);
    expect(await decode(bytes, 'utf-8', 'test.csv')).toBe(text);
    const wrong = 5_000_011;
    const damaged = Uint8Array.from(bytes);
    damaged[wrong] = 0xff;
    const expected = findInvalidUtf8(damaged);
    expect(expected).toBeGreaterThan(wrong - 4);
    await expect(decode(damaged, 'utf-8', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: expect.objectContaining({ byte: expected }) }),
    );
    const gbk = joined(header, ...Array.from({ length: 30_000 }, () => chineseRow));
    gbk[400_000] = 0xff;
    await expect(decode(gbk, 'gb18030', 'test.csv')).rejects.toEqual(
      expect.objectContaining({ facts: expect.objectContaining({ row: 25_001, byte: 399_999, encoding: 'gb18030' }) }),
    );
  });
});

describe('findInvalidUtf8 and decodeWindows1252', () => {
  it('agrees with the strict decoder on damaged text', async () => {
    const source = bytesOf('aé评😀\u07ff\u0800\ud7ff\uffff');
    const strict = new TextDecoder('utf-8', { fatal: true });
    for (let at = 0; at < source.length; at += 1) {
      for (let byte = 0; byte < 256; byte += 1) {
        const bytes = Uint8Array.from(source);
        bytes[at] = byte;
        let isValid = true;
        try {
          strict.decode(bytes);
        } catch {
          isValid = false;
        }
        expect(findInvalidUtf8(bytes) === -1, `byte ${byte} at ${at}`).toBe(isValid);
      }
    }
  });

  it('reads the curly quotes and the euro sign', async () => {
    expect(decodeWindows1252(fromHex('80 93 94 96 e9 ff'))).toBe('€“”–éÿ');
  });
});
