/** `--check`: with dropout off and the same weights, browser peers must see the same losses and gradient norms. */
const ALLOWED = 1e-3;

const apart = (a, b) => Math.abs(a - b) / Math.max(Math.abs(b), 1e-12);

/** @returns lines of the closing output, and whether all agree */
export function compareLosses(measured) {
  const browserPeers = measured.filter(({ peer }) => peer.runs === 'browser');
  const [reference, ...others] = browserPeers;
  if (!reference || others.length === 0) return { agree: false, lines: ['Nothing to compare: two browser peers are needed.'] };
  let agree = true;
  const lines = [`reference ${reference.peer.name}: losses ${reference.rounds.map(({ loss }) => loss.toFixed(5)).join(' ')}`];
  for (const { peer, rounds } of others) {
    const worst = Math.max(...rounds.map((round, index) => {
      const expected = reference.rounds[index];
      return expected ? Math.max(apart(round.loss, expected.loss), apart(round.gradientNorm, expected.gradientNorm)) : 0;
    }));
    const good = worst <= ALLOWED;
    agree &&= good;
    lines.push(`${good ? 'agrees  ' : 'DIFFERS '} ${peer.name}: ${worst.toExponential(1)} at most, of loss and gradient norm (${ALLOWED} allowed)`);
  }
  return { agree, lines };
}
