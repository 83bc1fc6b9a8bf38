import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The policy of every answer. `scriptHashes` are the site's own inline scripts; nothing else inline runs. */
export function contentSecurityPolicy(scriptHashes: readonly string[]) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // The site's search is WebAssembly.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...scriptHashes],
      scriptSrcAttr: ["'none'"],
      // The terminal and the code blocks set styles on their elements.
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      formAction: ["'self'"],
      frameAncestors: ["'none'"],
    },
  };
}

/** CSP sources for all inline scripts in the built pages below `siteDirectory`. */
export function hashInlineScripts(siteDirectory: string): string[] {
  const hashes = new Set<string>();
  for (const file of readdirSync(siteDirectory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    for (const script of inlineScripts(readFileSync(join(siteDirectory, file), 'utf8'))) {
      hashes.add(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
  }
  return [...hashes].toSorted();
}

const scriptElement = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi;

function inlineScripts(html: string): string[] {
  // Browsers hash what their parser gives them, which has no carriage returns.
  return [...html.replaceAll('\r\n', '\n').matchAll(scriptElement)]
    .filter(([, attributes = '']) => !/\ssrc\s*=/i.test(attributes) && !isData(attributes))
    .map(([, , script = '']) => script);
}

/** Data blocks do not run, so the policy does not look at them. */
function isData(attributes: string): boolean {
  return /\stype\s*=\s*["']?application\/(?:ld\+)?json/i.test(attributes);
}
