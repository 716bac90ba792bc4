/** Builds what is not built and serves the pages for the whole run, on free ports, so that two runs do not meet. */
import { ensureBuilt, serveSite } from '../scripts/site.mjs';
import { smallModels } from './fixtures/smallModels';

export default async function serve(): Promise<() => Promise<void>> {
  await ensureBuilt('page');
  await ensureBuilt('harness');
  const page = await serveSite({ kind: 'page' });
  const small = await serveSite({ kind: 'page', files: smallModels() });
  const harness = await serveSite({ kind: 'harness' });
  // The runner hands its environment on to the tests.
  process.env.ANNEAL_URL ??= page.url;
  process.env.ANNEAL_SMALL_URL = small.url;
  process.env.ANNEAL_HARNESS_URL = harness.url;
  return async () => {
    await Promise.all([page, small, harness].map((site) => site.close()));
  };
}
