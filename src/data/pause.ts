/** Breaks in work over many rows, given by whoever wants to answer messages in between. */

/** Called every few rows; only waits where a break is due, and throws to give up. */
export type Pause = () => Promise<void> | null;

export const noPause: Pause = () => null;

/** Rows of some hundred characters take a few milliseconds. */
const rowsAPiece = 512;

/** Calls `each` for every item, with breaks. */
export async function forEachInPieces<Item>(items: ArrayLike<Item>, pause: Pause, each: (item: Item, index: number) => void): Promise<void> {
  for (let begin = 0; begin < items.length; begin += rowsAPiece) {
    const due = pause();
    if (due !== null) await due;
    const end = Math.min(items.length, begin + rowsAPiece);
    // Within the length, so each place holds an item.
    for (let index = begin; index < end; index += 1) each(items[index] as Item, index);
  }
}
