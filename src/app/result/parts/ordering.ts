/** Keeps the order among the wrong ones and among the right ones. */
export function wrongFirst<Item>(items: readonly Item[], isRight: (item: Item) => boolean): Item[] {
  return [...items.filter((item) => !isRight(item)), ...items.filter(isRight)];
}
