import type { Evidence } from '#lab';
import type lab from './lab.ts';
import type { Tools } from './registry.ts';

const gate = '/srv/ci/clair-gate.sh';

interface Vulnerability {
  readonly normalized_severity: 'Medium' | 'High' | 'Critical';
  readonly fixed_in_version: string;
}

/** clair-gate.sh decides on reports that nobody has seen: only what is serious and has a fix is held back, and what is no report at all. */
export async function checkClair(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const facts = await sandbox.stat(gate);
  if (facts?.kind !== 'file' || (facts.mode & 0o100) === 0) throw notYet('clair-missing', [`${gate}: ${facts === undefined ? 'not there' : 'not executable'}`]);
  const unfixed = { normalized_severity: 'Critical', fixed_in_version: '' } as const;
  const minor = { normalized_severity: 'Medium', fixed_in_version: '2.1' } as const;
  const cases: readonly { what: string; report: string; isGood: boolean; message: keyof (typeof lab)['messages'] }[] = [
    { what: 'nothing found', report: reportOf(tools, []), isGood: true, message: 'clair-refused' },
    { what: 'Critical without a fix, Medium with one', report: reportOf(tools, [unfixed, minor]), isGood: true, message: 'clair-refused' },
    ...(['High', 'Critical'] as const).map((severity) => ({
      what: `${severity} with a fix, among others`,
      report: reportOf(tools, [unfixed, minor, { normalized_severity: severity, fixed_in_version: '3.0.15' }]),
      isGood: false,
      message: 'clair-accepted' as const,
    })),
    {
      what: 'Clair’s answer when it has no report',
      report: '{"code":"not-found","message":"index report not found"}',
      isGood: false,
      message: 'clair-nonsense',
    },
  ];
  const evidence: string[] = [];
  for (const { what, report, isGood, message } of cases) {
    const path = await sandbox.plantFile({ path: `/srv/ci/inbox/${sandbox.random(6)}.json`, content: report });
    const { ok, exitCode } = await sandbox.runOnHost(`${gate} ${path}`);
    const line = `clair-gate.sh with ${what}: exit status ${exitCode}`;
    if (ok !== isGood) throw notYet(message, [line]);
    evidence.push(line);
  }
  return evidence;
}

/** A vulnerability report of Clair v4 (openapi.yaml of quay/clair, VulnerabilityReport): each vulnerability in a package of its own. */
function reportOf({ sandbox }: Tools, found: readonly Vulnerability[]): string {
  const all = found.map((one) => ({
    ...one,
    packageId: sandbox.random(3),
    id: sandbox.random(3),
    name: `CVE-2026-${parseInt(sandbox.random(2), 16) + 10_000}`,
  }));
  const packages = all.map(({ packageId }) => [packageId, { id: packageId, name: `lib-${sandbox.random(3)}`, version: '1.0', kind: 'binary' }]);
  const vulnerabilities = all.map(({ id, name, normalized_severity, fixed_in_version }) => [
    id,
    { id, updater: 'debian/updater', name, severity: '', normalized_severity, fixed_in_version },
  ]);
  return JSON.stringify({
    manifest_hash: `sha256:${sandbox.random(32)}`,
    packages: Object.fromEntries(packages),
    distributions: {},
    environments: {},
    vulnerabilities: Object.fromEntries(vulnerabilities),
    package_vulnerabilities: Object.fromEntries(all.map(({ packageId, id }) => [packageId, [id]])),
  });
}
