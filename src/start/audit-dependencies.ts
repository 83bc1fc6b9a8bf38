import { z } from 'zod';

/** What `npm audit --json` says: a report, or that there is none (npm's lib/commands/audit.js and npm-audit-report). */
const auditReport = z.object({ metadata: z.object({ vulnerabilities: z.object({ high: z.number(), critical: z.number() }) }) });
const vulnerabilities = z.object({ vulnerabilities: z.record(z.string(), z.object({ severity: z.string(), range: z.string() })) });
const auditFailure = z.object({ message: z.string() });

export type AuditResult =
  | { readonly state: 'clean' }
  | { readonly state: 'vulnerable'; readonly packages: readonly string[] }
  /** The registry has no audit, or there is no network: nothing is known. */
  | { readonly state: 'impossible'; readonly reason: string };

/** Judges what `npm audit --json` has printed: are vulnerabilities known that are high or critical? */
export function readAudit(output: string): AuditResult {
  const answer = parse(output);
  const report = auditReport.safeParse(answer);
  if (!report.success) {
    const failure = auditFailure.safeParse(answer);
    return { state: 'impossible', reason: failure.success ? firstLine(failure.data.message) : `npm said: ${firstLine(output) || 'nothing'}` };
  }
  const { high, critical } = report.data.metadata.vulnerabilities;
  if (high + critical === 0) return { state: 'clean' };
  const named = Object.entries(vulnerabilities.parse(answer).vulnerabilities).filter(([, { severity }]) => ['high', 'critical'].includes(severity));
  return { state: 'vulnerable', packages: named.map(([name, { severity, range }]) => `${name} ${range} (${severity})`) };
}

function parse(output: string): unknown {
  // npm's warnings may stand before the object.
  try {
    return JSON.parse(output.slice(output.indexOf('{')));
  } catch {
    return undefined;
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0] ?? '';
}
