/** The command line of `npm run bench` and `npm run bench:gpu`. */
import { parseArgs } from 'node:util';

export class BadOption extends Error {}

const MODELS = ['minilm', 'tiny'];

function whole(name, text, least = 1) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < least) throw new BadOption(`--${name} must be a whole number of at least ${least}, not "${text}".`);
  return number;
}

/** Both sizes of the acceptance, or the one that was chosen. */
function chooseSizes({ batch, length }, model) {
  if ((batch === undefined) !== (length === undefined)) throw new BadOption('--batch and --length go together.');
  if (batch !== undefined) return [{ model, batch: whole('batch', batch), length: whole('length', length) }];
  if (model === 'tiny') return [{ model, batch: 8, length: 32 }];
  return [{ model, batch: 16, length: 128 }, { model, batch: 8, length: 32 }];
}

/**
 * @param peers who can be measured
 * @param software what to take for granted of the adapter where the command line does not say
 * @throws BadOption
 */
export function readOptions(peers, { software = true, args = process.argv.slice(2) } = {}) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        json: { type: 'string' },
        only: { type: 'string' },
        batch: { type: 'string' },
        length: { type: 'string' },
        model: { type: 'string' },
        rounds: { type: 'string', default: '7' },
        limit: { type: 'string', default: '120' },
        adapter: { type: 'string', default: software ? 'software' : 'hardware' },
        check: { type: 'boolean', default: false },
        kernels: { type: 'boolean', default: false },
      },
    }));
  } catch (error) {
    throw new BadOption(error.message);
  }
  const names = values.only?.split(',').map((name) => name.trim()) ?? peers.map(({ name }) => name);
  const chosen = names.map((name) => {
    const peer = peers.find((candidate) => candidate.name === name);
    if (!peer) throw new BadOption(`--only knows ${peers.map((candidate) => candidate.name).join(', ')}, not "${name}".`);
    return peer;
  });
  if (values.model !== undefined && !MODELS.includes(values.model)) throw new BadOption(`--model knows ${MODELS.join(', ')}, not "${values.model}".`);
  if (!['software', 'hardware'].includes(values.adapter)) throw new BadOption(`--adapter knows software, hardware, not "${values.adapter}".`);
  const slow = values.adapter === 'software';
  return {
    json: values.json ?? null,
    kernels: values.kernels,
    check: values.check,
    rounds: whole('rounds', values.rounds),
    limitSeconds: whole('limit', values.limit),
    software: slow,
    /** [{ size, peers }]: on a software adapter WebGPU measures the tiny model, unless a model is asked for. */
    runs: plan(chosen, values, slow),
  };
}

function plan(chosen, values, software) {
  const model = values.model ?? (values.check ? 'tiny' : null);
  if (model !== null) return chooseSizes(values, model).map((size) => ({ size, peers: chosen }));
  const small = chosen.filter(({ gpu }) => gpu && software);
  const full = chosen.filter((peer) => !small.includes(peer));
  return [
    ...(full.length > 0 ? chooseSizes(values, 'minilm').map((size) => ({ size, peers: full })) : []),
    ...(small.length > 0 ? chooseSizes(values, 'tiny').map((size) => ({ size, peers: small })) : []),
  ];
}
