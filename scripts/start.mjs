/** `npm start`: builds the page when needed and serves it. `PORT` chooses the port. */
import { ensureBuilt, serveSite } from './site.mjs';

await ensureBuilt('page', 'warn');
const { url } = await serveSite({ port: Number(process.env.PORT ?? 4173) });
console.log(`Anneal is at ${url} (Ctrl+C ends it)`);
