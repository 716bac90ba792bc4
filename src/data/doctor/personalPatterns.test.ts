import { describe, expect, it } from 'vitest';
import { isChineseIdentity, maskPersonal, passesLuhn, personalKindsIn } from './personalPatterns';

describe('personal patterns', () => {
  it.each([
    ['mail a.b+c@mail.example.co.uk.', 'email'],
    ['邮箱：zhang_san@163.com，谢谢', 'email'],
    ['电话13800138000谢谢', 'phone'],
    ['１３８００１３８０００', 'phone'],
    ['010-12345678', 'phone'],
    ['(415) 555-2671', 'phone'],
    ['+1 415-555-2671', 'phone'],
    ['+86 138 0013 8000', 'phone'],
    ['020 7946 0958', 'phone'],
    ['378282246310005', 'card'],
    ['6222021234567890128', 'card'],
    ['5555-5555-5555-4444', 'card'],
    ['身份证11010519491231002X', 'identity'],
    ['078-05-1120', 'identity'],
  ])('finds %s', (text, kind) => {
    expect([...personalKindsIn(text)]).toEqual([kind]);
  });

  it.each([
    'order 2024-01-02 10:15, 1,234,567.89',
    'at 4:30 @ the office',
    'version 10.20.30.40',
    '4111 1111 1111 1112',
    '110105194912310021',
    '000-12-3456',
    '1234567890123456',
    'ISBN 978-3-16-148410-0',
    'a1b2c3d4 1000 2000 3000',
  ])('leaves %s', (text) => {
    expect([...personalKindsIn(text)]).toEqual([]);
    expect(maskPersonal(text)).toBe(text);
  });

  it('checks the digits', () => {
    expect(passesLuhn('4111111111111111')).toBe(true);
    expect(passesLuhn('4111111111111112')).toBe(false);
    expect(isChineseIdentity('11010519491231002x')).toBe(true);
    expect(isChineseIdentity('110105194912310021')).toBe(false);
  });

  it.each(['1 ', '+1', '1@', 'a.', '12-', '+(1)', '1234 '])('is linear in a long cell of %s', (part) => {
    const text = part.repeat(300_000 / part.length);
    const begin = performance.now();
    maskPersonal(text);
    expect(performance.now() - begin).toBeLessThan(1500);
  });
});
