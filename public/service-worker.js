/**
 * Makes the second visit work offline, and adds the policy and isolation headers where the host cannot.
 * Weights are left alone: the page keeps them under their hash itself.
 */
const CACHE = 'anneal-files-v1';

self.addEventListener('install', (event) => {
  event.waitUntil(storeFiles().then(() => self.skipWaiting()));
});

self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});

const address = (path) => new URL(path, self.registration.scope).href;

async function storeFiles() {
  const cache = await caches.open(CACHE);
  const answer = await fetch(address('offline-files.json'), { cache: 'no-cache' });
  const files = await answer.json();
  const wanted = [
    './',
    'icon.svg',
    'manifest.webmanifest',
    'response-headers.json',
    'samples/support-intents-en.csv',
    'samples/support-intents-zh.csv',
    ...modelFiles('all-MiniLM-L6-v2'),
    ...files.filter((name) => name !== 'index.html'),
  ].map(address);
  await cache.addAll(wanted);
  // What an earlier version stored and this one does not name is let go, other base models excepted.
  const kept = new Set(wanted);
  const models = address('models/');
  for (const request of await cache.keys()) if (!kept.has(request.url) && !request.url.startsWith(models)) await cache.delete(request);
}

/** A base model's files but for its weights. */
function modelFiles(id) {
  const names = ['manifest.json', 'config.json', 'tokenizer.json', 'tokenizer_config.json', 'special_tokens_map.json', 'vocab.txt', 'LICENSE'];
  return names.map((name) => `models/${id}/${name}`);
}

/** Another base model than the first is kept once the page has used it. */
self.addEventListener('message', (event) => {
  const { kind, id } = event.data ?? {};
  if (kind === 'keep-model' && /^[A-Za-z0-9_-][A-Za-z0-9._-]*$/.test(id)) event.waitUntil(keepModel(id));
});

async function keepModel(id) {
  const cache = await caches.open(CACHE);
  const wanted = modelFiles(id).map(address);
  const stored = await Promise.all(wanted.map((path) => cache.match(path)));
  await cache.addAll(wanted.filter((_, index) => stored[index] === undefined));
}

const isWeights = (url) => /\.part-\d+$|\.safetensors$/.test(url.pathname);

self.addEventListener('fetch', (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== 'GET' || url.origin !== self.location.origin || isWeights(url)) return;
  event.respondWith(answerFor(event.request, url));
});

async function answerFor(request, url) {
  const cache = await caches.open(CACHE);
  const path = url.origin + url.pathname;
  // Files with a hash in their name never change; for the rest the network knows better, when there is one.
  const immutable = url.pathname.includes('/assets/');
  const stored = await cache.match(path, { ignoreSearch: true, ignoreVary: true });
  if (immutable && stored) return withHeaders(stored, cache);
  try {
    const answer = await fetch(request);
    if (answer.ok && (stored || immutable)) await cache.put(path, answer.clone());
    return withHeaders(answer, cache);
  } catch (error) {
    const page = request.mode === 'navigate' ? await cache.match(address('./')) : undefined;
    const fallback = stored ?? page;
    if (fallback) return withHeaders(fallback, cache);
    throw error;
  }
}

let headers = null;

async function withHeaders(answer, cache) {
  if (answer.type === 'opaque' || answer.headers.has('Content-Security-Policy')) return answer;
  if (headers === null) {
    const stored = await cache.match(address('response-headers.json'));
    headers = stored ? await stored.json() : {};
  }
  const complete = new Headers(answer.headers);
  for (const [name, value] of Object.entries(headers)) complete.set(name, value);
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers: complete });
}
