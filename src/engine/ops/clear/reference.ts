/** Float64 reference of clearing. */
import { store, type Reference } from '../memory';

export const clear: Reference<'clear'> = ({ writes, elements }, memory) => {
  const target = memory.get(writes.target);
  for (let element = 0; element < elements; element++) store(target, element, 0);
};
