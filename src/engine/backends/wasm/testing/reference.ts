/** Plain float64 loops that the kernels are compared with. */

/** Reference sizes of an attention call. */
export interface AttentionSizes {
  readonly B: number;
  readonly S: number;
  readonly heads: number;
  readonly headSize: number;
}

/** erf from its series, or from the continued fraction of its complement where that converges better. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size > 6) return Math.sign(x);
  if (size < 2.5) {
    let term = size;
    let sum = size;
    for (let n = 1; n < 100; n++) {
      term *= (-size * size) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * 2 * sum) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let k = 100; k > 0; k--) fraction = k / 2 / (size + fraction);
  return Math.sign(x) * (1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction));
}

const tanhGeluInner = (x: number) => Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);

/** The activations by code. */
export const activations: readonly ((x: number) => number)[] = [
  (x) => x,
  (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  (x) => (x * (1 + Math.tanh(tanhGeluInner(x)))) / 2,
  (x) => Math.max(x, 0),
  Math.tanh,
];

/** Their derivatives. */
export const slopes: readonly ((x: number) => number)[] = [
  () => 1,
  (x) => (1 + erf(x / Math.SQRT2)) / 2 + (x * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI),
  (x) => {
    const tangent = Math.tanh(tanhGeluInner(x));
    return (1 + tangent) / 2 + (x / 2) * (1 - tangent ** 2) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  },
  (x) => (x > 0 ? 1 : 0),
  (x) => 1 - Math.tanh(x) ** 2,
];

/** Row-major product with element functions: out[m,n] = sum over k of left(m,k) right(k,n). */
export function product(M: number, N: number, K: number, left: (m: number, k: number) => number, right: (k: number, n: number) => number): Float64Array {
  const out = new Float64Array(M * N);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) {
      let sum = 0;
      for (let k = 0; k < K; k++) sum += left(m, k) * right(k, n);
      out[m * N + n] = sum;
    }
  }
  return out;
}

/** Attention and its gradients; q, k, v are [B*S, rowStride] views, `factor` is dropout's per element of [B,heads,S,S]. */
export function attention(
  { B, S, heads, headSize }: AttentionSizes, stride: number, q: Float32Array, k: Float32Array, v: Float32Array,
  mask: Int32Array, factor: (element: number) => number, dcontext: Float32Array,
) {
  const width = heads * headSize;
  const context = new Float64Array(B * S * width);
  const logSumExp = new Float64Array(B * heads * S);
  const gradients = [0, 1, 2].map(() => new Float64Array(B * S * width));
  const [dq, dk, dv] = gradients as [Float64Array, Float64Array, Float64Array];
  const scale = 1 / Math.sqrt(headSize);
  for (let b = 0; b < B; b++) {
    const any = mask.subarray(b * S, (b + 1) * S).some((value) => value !== 0);
    for (let h = 0; h < heads; h++) {
      const at = (row: number, d: number) => (b * S + row) * stride + h * headSize + d;
      const dense = (row: number, d: number) => (b * S + row) * width + h * headSize + d;
      for (let i = 0; i < S; i++) {
        const scores = Array.from({ length: S }, (_, j) => {
          if (!any) return 0;
          if (mask[b * S + j] === 0) return -Infinity;
          let sum = 0;
          for (let d = 0; d < headSize; d++) sum += q[at(i, d)]! * k[at(j, d)]!;
          return sum * scale;
        });
        const most = Math.max(...scores);
        const total = scores.reduce((sum, score) => sum + Math.exp(score - most), 0);
        const row = (b * heads + h) * S + i;
        logSumExp[row] = most + Math.log(total);
        const p = scores.map((score) => Math.exp(score - most) / total);
        const m = p.map((_, j) => factor(row * S + j));
        const dp = p.map((_, j) => {
          let sum = 0;
          for (let d = 0; d < headSize; d++) {
            context[dense(i, d)]! += p[j]! * m[j]! * v[at(j, d)]!;
            dv[dense(j, d)]! += p[j]! * m[j]! * dcontext[dense(i, d)]!;
            sum += dcontext[dense(i, d)]! * v[at(j, d)]!;
          }
          return sum * m[j]!;
        });
        const drift = p.reduce((sum, value, j) => sum + value * dp[j]!, 0);
        for (let j = 0; j < S; j++) {
          const ds = p[j]! * (dp[j]! - drift) * scale;
          for (let d = 0; d < headSize; d++) {
            dq[dense(i, d)]! += ds * k[at(j, d)]!;
            dk[dense(j, d)]! += ds * q[at(i, d)]!;
          }
        }
      }
    }
  }
  return { context, logSumExp, dq, dk, dv };
}
