/** A peer in a process of its own: requests and answers as the page's worker has them, a line of JSON each. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** @returns the peer's `ask` and `close`, as `startBrowserPeer` */
export function startProcessPeer(command, args, environment = {}) {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...environment } });
  const complaints = [];
  const waiting = [];
  let ended = null;
  const end = (why) => {
    ended ??= `${why} ${complaints.at(-1) ?? ''}`.trim();
    for (const { reject } of waiting.splice(0)) reject(new Error(ended));
  };
  createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line)));
  // Writing to a process that has ended is told by its end.
  child.stdin.on('error', () => {});
  child.on('error', (error) => end(error.message));
  child.on('close', (code, signal) => end(`The process ended (${signal ?? code}).`));
  return {
    ask: (request) => new Promise((resolve, reject) => {
      if (ended !== null) return reject(new Error(ended));
      waiting.push({ resolve, reject });
      child.stdin.write(`${JSON.stringify(request)}\n`);
    }),
    complaints,
    close: async () => { child.kill(); },
  };
}
