import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** CSP sources for what is inline in the site's own pages. */
export interface InlineHashes {
  readonly scripts: readonly string[];
  readonly styleAttributes: readonly string[];
}

/** The policy of every answer. Of what is inline only the site's own scripts run, and only its own style attributes count. */
export function contentSecurityPolicy({ scripts, styleAttributes }: InlineHashes) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      // The site's search is WebAssembly.
      scriptSrc: ["'self'", "'wasm-unsafe-eval'", ...scripts],
      scriptSrcAttr: ["'none'"],
      // What the terminal styles goes by way of constructed style sheets (src/site/lab/style-without-inline.ts).
      styleSrc: ["'self'"],
      // The colours of code blocks. A hash alone is not for attributes (CSP level 3).
      styleSrcAttr: styleAttributes.length === 0 ? ["'none'"] : ["'unsafe-hashes'", ...styleAttributes],
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

/** Hashes of all inline scripts and style attributes in the built pages below `siteDirectory`. */
export function hashInline(siteDirectory: string): InlineHashes {
  const scripts = new Set<string>();
  const styleAttributes = new Set<string>();
  for (const file of readdirSync(siteDirectory, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.html')) continue;
    // Browsers hash what their parser gives them, which has no carriage returns.
    const html = readFileSync(join(siteDirectory, file), 'utf8').replaceAll('\r\n', '\n');
    for (const script of inlineScripts(html)) scripts.add(hashOf(script));
    for (const style of inlineStyles(html)) styleAttributes.add(hashOf(style));
  }
  return { scripts: [...scripts].toSorted(), styleAttributes: [...styleAttributes].toSorted() };
}

function hashOf(source: string): string {
  return `'sha256-${createHash('sha256').update(source).digest('base64')}'`;
}

const scriptElement = /<script\b((?:[^>"']|"[^"]*"|'[^']*')*)>([\s\S]*?)<\/script\s*>/gi;

function inlineScripts(html: string): string[] {
  return [...html.matchAll(scriptElement)]
    .filter(([, attributes = '']) => !/\ssrc\s*=/i.test(attributes) && !isData(attributes))
    .map(([, , script = '']) => script);
}

/** Data blocks do not run, so the policy does not look at them. */
function isData(attributes: string): boolean {
  return /\stype\s*=\s*["']?application\/(?:ld\+)?json/i.test(attributes);
}

/** The style attributes of all start tags. What looks like one elsewhere does no harm: it is allowed in vain. */
function inlineStyles(html: string): string[] {
  return [...html.matchAll(/\sstyle\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)].map(([, double, single]) => decode(double ?? single ?? ''));
}

/** Character references that a serializer writes in attributes. */
function decode(value: string): string {
  return value
    .replace(/&(?:quot|#34);/g, '"')
    .replace(/&(?:apos|#39);/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
