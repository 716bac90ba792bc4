/** Numbers with their nouns, as the English messages say them. */
import { formatFor } from '../format';

const { number } = formatFor('en');

export const count = (value: number, one: string, many = `${one}s`): string => `${number(value)} ${value === 1 ? one : many}`;

export const rows = (value: number): string => count(value, 'row');

export const timesInHundred = (share: number): string => `${count(Math.round(share * 100), 'time')} in 100`;
