/** What kind of product a linear layer asks for, and its sizes. */

/**
 * forward: A = input [m, k], B = weight [n, k]. inputGradient: A = dOutput [m, k], B = weight [k, n].
 * weightGradient: A = dOutput [k, m], B = input [k, n].
 */
export type MatmulForm = 'forward' | 'inputGradient' | 'weightGradient';

export interface MatmulShape {
  form: MatmulForm;
  m: number;
  n: number;
  k: number;
}
