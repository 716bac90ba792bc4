/** Opens peers, warms them up and measures them in turn: A B C A B C, so that a noisy minute hits all of them. */

const WARM_UP_STEPS = 3;
/** A round is about this long, so that starting and stopping a batch of steps does not count. */
const ROUND_SECONDS = 1.5;
const MOST_STEPS = 50;
/** A peer that says nothing for so long hangs. */
const ANSWER_SECONDS = 1800;

const say = (text) => console.error(text);
const firstLine = (error) => String(error.message).split('\n')[0];
const stepsFor = (secondsPerStep) => Math.min(MOST_STEPS, Math.max(1, Math.round(ROUND_SECONDS / Math.max(secondsPerStep, 1e-3))));

/** A peer that is not there: said, not counted as a failure. */
export class Missing extends Error {}

/** @throws Missing, or what the peer says went wrong */
export async function ask(running, request) {
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ANSWER_SECONDS} s`)), ANSWER_SECONDS * 1000);
  });
  try {
    const answer = await Promise.race([running.ask(request), limit]);
    if (answer.ok) return answer.value;
    throw answer.missing ? new Missing(answer.message) : new Error(answer.message);
  } finally {
    clearTimeout(timer);
  }
}

/** Seconds of a step once the engines that compile in the background have had their time. */
async function warmUp(running) {
  const first = await ask(running, { kind: 'run', steps: 1 });
  if (first.seconds > ROUND_SECONDS * 10) return first.seconds;
  const { seconds, steps } = await ask(running, { kind: 'run', steps: WARM_UP_STEPS });
  return seconds / steps;
}

/** Opened and warm, or null and an entry of the outcome. */
async function open(peer, size, { start, check }, outcome) {
  let running = null;
  try {
    running = await start(peer);
    say(`${peer.name}: starting`);
    const opened = await ask(running, { kind: 'open', peer: peer.name, size, dropout: !check });
    const seconds = check ? 0 : await warmUp(running);
    if (!check) say(`${peer.name}: warm, about ${seconds.toPrecision(3)} s a step`);
    return { peer, running, opened, stepsInRound: stepsFor(seconds), rounds: [], spent: 0, failed: false };
  } catch (error) {
    await running?.close().catch(() => {});
    const missing = error instanceof Missing;
    (missing ? outcome.skipped : outcome.failed).push({ name: peer.name, ...size, reason: firstLine(error) });
    say(`${peer.name}: ${missing ? 'SKIPPED' : 'FAILED'}: ${firstLine(error)}`);
    return null;
  }
}

async function runRound(one, { check, limitSeconds }, outcome) {
  // Two rounds at least: one number is no median.
  if (one.failed || (one.spent > limitSeconds && one.rounds.length >= 2)) return;
  try {
    const result = await ask(one.running, { kind: 'run', steps: check ? 1 : one.stepsInRound });
    one.rounds.push(result);
    one.spent += result.seconds;
    one.stepsInRound = stepsFor(result.seconds / result.steps);
  } catch (error) {
    one.failed = true;
    outcome.failed.push({ name: one.peer.name, ...one.size, reason: firstLine(error) });
    say(`${one.peer.name}: FAILED: ${firstLine(error)}`);
  }
}

/**
 * @param options { start(peer), rounds, limitSeconds, check }: `start` gives a running peer or throws Missing
 * @returns {Promise<{ measured: object[], skipped: object[], failed: object[] }>}
 */
export async function measure(size, peers, options) {
  const outcome = { measured: [], skipped: [], failed: [] };
  const opened = [];
  try {
    for (const peer of peers) {
      const one = await open(peer, size, options, outcome);
      if (one) opened.push({ ...one, size });
    }
    for (let round = 0; round < options.rounds; round++) {
      for (const one of opened) await runRound(one, options, outcome);
      say(`round ${round + 1} of ${options.rounds}`);
    }
  } finally {
    for (const { running } of opened) await running.close().catch(() => {});
  }
  for (const one of opened) {
    const complaints = [...new Set(one.running.complaints)];
    if (!one.failed) outcome.measured.push({ ...one, complaints });
    if (complaints.length > 0) say(`${one.peer.name} complained: ${complaints.slice(0, 3).join(' | ')}`);
  }
  return outcome;
}
