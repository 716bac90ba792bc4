/**
 * SHA-256 (FIPS 180-4): of bytes at hand through the platform, and of bytes that pass by in pieces, which the platform
 * cannot do. The second also serves where the page is not secure and `crypto.subtle` is missing.
 */

/** Lower-case hexadecimal, 64 signs. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // `globalThis.crypto` is typed as always complete; on a page without https `subtle` is undefined.
  const subtle: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (subtle === undefined) return new Sha256().update(bytes).hex();
  const { buffer } = bytes;
  // The platform does not read shared memory.
  const readable = buffer instanceof ArrayBuffer ? new Uint8Array(buffer, bytes.byteOffset, bytes.length) : new Uint8Array(bytes);
  return toHex(new Uint8Array(await subtle.digest('SHA-256', readable)));
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const BLOCK_BYTES = 64;

/** The first 32 bits of the fractional parts of `root(prime)`, for the first `count` primes; exact by BigInt. */
function primeRootBits(count: number, root: 2n | 3n): Int32Array {
  const bits = new Int32Array(count);
  for (let prime = 2n, found = 0; found < count; prime += 1n) {
    let divisor = 2n;
    while (divisor * divisor <= prime && prime % divisor !== 0n) divisor += 1n;
    if (divisor * divisor <= prime) continue;
    // floor(root(prime) * 2^32): the largest n with n^root <= prime * 2^(32 root), by bisection.
    const target = prime << (32n * root);
    let low = 0n;
    let high = 1n << 40n;
    while (high - low > 1n) {
      const middle = (low + high) >> 1n;
      if (middle ** root <= target) low = middle;
      else high = middle;
    }
    bits[found] = Number(low & 0xffffffffn);
    found += 1;
  }
  return bits;
}

let roundConstants: Int32Array | undefined;

/** The hash of bytes given piece by piece. `hex` ends it; nothing may be added afterwards. */
export class Sha256 {
  private readonly state = primeRootBits(8, 2n);
  private readonly constants = (roundConstants ??= primeRootBits(64, 3n));
  private readonly schedule = new Int32Array(64);
  private readonly rest = new Uint8Array(BLOCK_BYTES);
  private restLength = 0;
  private totalBytes = 0;

  update(bytes: Uint8Array): this {
    this.totalBytes += bytes.length;
    let at = 0;
    if (this.restLength > 0) {
      at = Math.min(BLOCK_BYTES - this.restLength, bytes.length);
      this.rest.set(bytes.subarray(0, at), this.restLength);
      this.restLength += at;
      if (this.restLength < BLOCK_BYTES) return this;
      this.addBlocks(this.rest, 0, BLOCK_BYTES);
      this.restLength = 0;
    }
    const wholeEnd = at + Math.floor((bytes.length - at) / BLOCK_BYTES) * BLOCK_BYTES;
    this.addBlocks(bytes, at, wholeEnd);
    this.rest.set(bytes.subarray(wholeEnd), 0);
    this.restLength = bytes.length - wholeEnd;
    return this;
  }

  /** Lower-case hexadecimal, 64 signs. */
  hex(): string {
    const paddedLength = this.restLength < 56 ? BLOCK_BYTES : 2 * BLOCK_BYTES;
    const last = new Uint8Array(paddedLength);
    last.set(this.rest.subarray(0, this.restLength));
    last[this.restLength] = 0x80;
    new DataView(last.buffer).setBigUint64(paddedLength - 8, BigInt(this.totalBytes) * 8n);
    this.addBlocks(last, 0, paddedLength);
    const bytes = new Uint8Array(32);
    const view = new DataView(bytes.buffer);
    this.state.forEach((word, index) => view.setInt32(index * 4, word));
    return toHex(bytes);
  }

  /** Names as in FIPS 180-4, section 6.2.2: a to h are the working variables, w the message schedule, k the constants. */
  private addBlocks(bytes: Uint8Array, begin: number, end: number): void {
    const { state, schedule: w, constants: k } = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const at = (words: Int32Array, index: number): number => words[index] as number;
    for (let block = begin; block < end; block += BLOCK_BYTES) {
      for (let index = 0; index < 16; index += 1) w[index] = view.getInt32(block + index * 4);
      for (let index = 16; index < 64; index += 1) {
        const x = at(w, index - 15);
        const y = at(w, index - 2);
        const small0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const small1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[index] = (at(w, index - 16) + small0 + at(w, index - 7) + small1) | 0;
      }
      let a = at(state, 0);
      let b = at(state, 1);
      let c = at(state, 2);
      let d = at(state, 3);
      let e = at(state, 4);
      let f = at(state, 5);
      let g = at(state, 6);
      let h = at(state, 7);
      for (let round = 0; round < 64; round += 1) {
        const big1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
        const first = (h + big1 + ((e & f) ^ (~e & g)) + at(k, round) + at(w, round)) | 0;
        const big0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
        const second = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        h = g;
        g = f;
        f = e;
        e = (d + first) | 0;
        d = c;
        c = b;
        b = a;
        a = (first + second) | 0;
      }
      state[0] = at(state, 0) + a;
      state[1] = at(state, 1) + b;
      state[2] = at(state, 2) + c;
      state[3] = at(state, 3) + d;
      state[4] = at(state, 4) + e;
      state[5] = at(state, 5) + f;
      state[6] = at(state, 6) + g;
      state[7] = at(state, 7) + h;
    }
  }
}
