/**
 * Response headers of every file, in one place: the preview server, static hosts (`_headers`) and the service worker
 * all take them from here.
 *
 * Workers fall under the policy of their own script's response, so each file carries it, not only the page.
 * `wasm-unsafe-eval` allows compiling WebAssembly and nothing else.
 */

/** react-aria-components puts one fixed style element into the page; it is allowed by its hash alone. */
export const allowedStyleHashes = [];

export function contentSecurityPolicy(styleHashes = allowedStyleHashes) {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    `style-src ${["'self'", ...styleHashes.map((hash) => `'${hash}'`)].join(' ')}`,
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

export const responseHeaders = {
  'Content-Security-Policy': contentSecurityPolicy(),
  // Isolation, which shared memory between threads needs.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
};
