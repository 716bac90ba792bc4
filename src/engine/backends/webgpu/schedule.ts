/**
 * Where a step's list of dispatches is cut into submits. A browser stops a page whose work keeps the graphics card for
 * seconds, and nothing else is drawn meanwhile: a submit should stay far below. Cuts never change a result.
 */

const TARGET_MILLISECONDS = 100;
const LIMIT_MILLISECONDS = 250;
const SHORT_MILLISECONDS = 10;
/** Before anything is measured: a slow integrated graphics card. Operations a millisecond. */
const CAUTIOUS_RATE = 1e7;
/** Submits measured at first; afterwards one run in so many is, as other pages come and go. */
const FIRST_RUNS = 10;
const EVERY = 50;

/** How fast a device is, learnt from its submits; shared by all sessions on it. */
export class Pace {
  private rate = CAUTIOUS_RATE;
  private measured = false;
  private runs = 0;

  /** Whether this run's submits are to be timed. Counts the run. */
  shouldMeasure(): boolean {
    return this.runs++ < FIRST_RUNS || this.runs % EVERY === 0;
  }

  /** What was timed elsewhere (the matmul ladder): real lists are slower than a lone product. */
  suggest(operationsPerMillisecond: number): void {
    if (!this.measured) this.rate = Math.max(this.rate, operationsPerMillisecond / 8);
  }

  /** A submit that took this long. */
  record(operations: number, milliseconds: number): void {
    const seen = operations / Math.max(milliseconds, 1);
    this.measured = true;
    // A short submit is mostly the cost of submitting: it can show that a device is fast, not that it is slow.
    if (seen > this.rate) this.rate += 0.5 * (Math.min(seen, 4 * this.rate) - this.rate);
    else if (milliseconds > LIMIT_MILLISECONDS) this.rate = seen;
    else if (milliseconds > SHORT_MILLISECONDS) this.rate += 0.25 * (seen - this.rate);
  }

  /** Ends of the submits: each takes steps until the next would go over the target. Evenly filled. */
  cut(operations: readonly number[]): number[] {
    const total = operations.reduce((sum, count) => sum + count, 0);
    const submits = Math.max(1, Math.ceil(total / (this.rate * TARGET_MILLISECONDS)));
    const share = total / submits;
    const ends: number[] = [];
    let sum = 0;
    operations.forEach((count, index) => {
      // A step belongs to the submit in which its middle falls.
      if (index > 0 && sum + count / 2 > share * (ends.length + 1)) ends.push(index);
      sum += count;
    });
    if (operations.length > 0) ends.push(operations.length);
    return ends;
  }
}
