import type { FastifyRequest } from 'fastify';
import { ApiFailure } from '../api-failure.ts';

const readingMethods = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A hook that refuses requests from foreign pages.
 *
 * - WebSockets carry cookies from any page and are not covered by the same-origin policy: they must name our own origin.
 * - Other requests that change something may leave the origin out: browsers always send it with these methods, so such a request is no
 *   browser's (or an old browser's from our own page: SameSite=Lax keeps the cookie off foreign ones). `Sec-Fetch-Site` must not contradict.
 * - A server for one's own machine answers only to the machine's own names, so that a foreign name that resolves to 127.0.0.1 is no way in.
 */
export function checkOrigin(options: { listenHost: string; allowedOrigins: readonly string[] }) {
  const isLocal = isLoopback(options.listenHost);
  const allowedHosts = options.allowedOrigins.map((origin) => new URL(origin).host);
  return async (request: FastifyRequest): Promise<void> => {
    const host = request.headers.host?.toLowerCase() ?? '';
    if (isLocal && !isLoopback(hostname(host)) && !allowedHosts.includes(host)) throw new ApiFailure('wrong_origin');
    if (readingMethods.includes(request.method) && !request.ws) return;
    const { origin } = request.headers;
    if (origin === undefined) {
      const site = request.headers['sec-fetch-site'];
      if (request.ws || (site !== undefined && site !== 'same-origin' && site !== 'none')) throw new ApiFailure('wrong_origin');
    } else if (!options.allowedOrigins.includes(origin) && originHost(origin) !== host) {
      throw new ApiFailure('wrong_origin');
    }
  };
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '::1' || name === '[::1]' || /^127(\.\d{1,3}){3}$/.test(name);
}

function hostname(host: string): string {
  return host.replace(/:\d+$/, '');
}

/** undefined for `null` (sandboxed pages, files) and anything else that is no web origin. */
function originHost(origin: string): string | undefined {
  return /^https?:\/\//.test(origin) && URL.canParse(origin) ? new URL(origin).host : undefined;
}
