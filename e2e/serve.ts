/** Builds what is not built and serves both pages for the whole run. */
import { ensureBuilt, serveSite } from '../scripts/site.mjs';

export const PAGE_PORT = 4174;
export const HARNESS_PORT = 4175;

export default async function serve(): Promise<() => Promise<void>> {
  await ensureBuilt('page');
  await ensureBuilt('harness');
  const sites = [await serveSite({ kind: 'page', port: PAGE_PORT }), await serveSite({ kind: 'harness', port: HARNESS_PORT })];
  return async () => {
    await Promise.all(sites.map((site) => site.close()));
  };
}
