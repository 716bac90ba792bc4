/** Names of encodings as people know them. */
import type { EncodingName } from '../../domain';

export const encodingsEn: Record<EncodingName, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  gb18030: 'GBK (Simplified Chinese)',
  big5: 'Big5 (Traditional Chinese)',
  shift_jis: 'Shift_JIS (Japanese)',
  'windows-1250': 'Windows-1250 (Central European)',
  'windows-1251': 'Windows-1251 (Cyrillic)',
  'windows-1252': 'Windows-1252 (Western)',
  'windows-1253': 'Windows-1253 (Greek)',
  'windows-1254': 'Windows-1254 (Turkish)',
  'windows-1255': 'Windows-1255 (Hebrew)',
  'windows-1256': 'Windows-1256 (Arabic)',
  'windows-1257': 'Windows-1257 (Baltic)',
  'windows-1258': 'Windows-1258 (Vietnamese)',
};

export const encodingsZh: Record<EncodingName, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  gb18030: 'GBK（简体中文）',
  big5: 'Big5（繁体中文）',
  shift_jis: 'Shift_JIS（日文）',
  'windows-1250': 'Windows-1250（中欧）',
  'windows-1251': 'Windows-1251（西里尔文）',
  'windows-1252': 'Windows-1252（西欧）',
  'windows-1253': 'Windows-1253（希腊文）',
  'windows-1254': 'Windows-1254（土耳其文）',
  'windows-1255': 'Windows-1255（希伯来文）',
  'windows-1256': 'Windows-1256（阿拉伯文）',
  'windows-1257': 'Windows-1257（波罗的海）',
  'windows-1258': 'Windows-1258（越南文）',
};
