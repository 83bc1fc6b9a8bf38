import { Inconclusive, type Evidence, type RoleContainer } from '#lab';
import { shopContainer, type Tools } from './shop.ts';

/** Code of the vulnerable versions, by size and SHA-256: a scanner believes version numbers, this does not. */
const vulnerableCode = [
  { name: 'lib/ejs.js of ejs 3.1.6', bytes: 26_680, hash: '6dbc7b10c4c508fa978c4642bc2b9f3752f98d85c253ab622dda1e7c7758b7e1' },
  { name: 'ejs.js of ejs 3.1.6', bytes: 47_134, hash: 'dc7e69f4abf47ebfcda23574c1ddb2891b2c214b8f20e200a9450204c43d9aaa' },
  { name: 'ejs.min.js of ejs 3.1.6', bytes: 22_607, hash: '98eb20b7280d7d70543dcffe71cd7dcabfa0d2389ea983a044be71143dac0b46' },
  { name: 'index.js of minimist 1.2.5', bytes: 7652, hash: '0feebc85297a35829a4a3a6c5346ddcca582052e5ebf0d33bd024abe8cd5245b' },
];

/** Mounted folders included: code runs from there as well. */
const allFiles = 'find / \\( -path /proc -o -path /sys -o -path /dev \\) -prune -o -type f';

interface Finding {
  readonly VulnerabilityID: string;
  readonly PkgName: string;
  readonly PkgPath?: string;
  readonly InstalledVersion: string;
  readonly FixedVersion?: string;
  readonly Severity: string;
}

/** Trivy finds nothing serious that could be mended in what the shop runs from, nor is anything hidden from it. */
export async function checkScan(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const shop = await shopContainer(tools);
  const findings = await scan(tools, shop);
  if (findings.length > 0) {
    throw notYet(
      'vulnerable-package',
      findings.map(
        (one) => `${one.VulnerabilityID} ${one.Severity}: ${one.PkgName} ${one.InstalledVersion}, fixed in ${one.FixedVersion ?? '?'} (${one.PkgPath ?? ''})`,
      ),
    );
  }
  const hidden = await findVulnerableCode(shop);
  if (hidden.length > 0) throw notYet('vulnerable-code', hidden);
  return [`Trivy on ${shop.imageName}: nothing HIGH or CRITICAL that has a fix`, 'none of the known vulnerable files under any name'];
}

/**
 * Trivy runs in a box of ours, on the package.json files that the checker's own tools find in a copy of the container: the learner's settings and
 * programs have no part in it. A package known to be vulnerable lies among them and must be found.
 */
async function scan({ sandbox }: Tools, shop: RoleContainer): Promise<readonly Finding[]> {
  const packed = await shop.twin(`${allFiles} -name package.json -size -128k -print0 2>/dev/null | xargs -0 tar -cf - 2>/dev/null | gzip -c | base64 -w 0`);
  const control = `control-${sandbox.random(6)}`;
  const { ok, output } = await sandbox.runInBox(
    [
      'sh',
      '-c',
      `mkdir -p image/${control}/node_modules/ejs && tar -xzf packages.tgz --ignore-zeros -C image && echo '{ "name": "ejs", "version": "3.1.6" }' > image/${control}/node_modules/ejs/package.json &&
         . /etc/profile.d/trivy.sh && trivy rootfs --quiet --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --format json image`,
    ],
    { files: { 'packages.tgz': Buffer.from(packed.output.trim(), 'base64') } },
  );
  if (!ok) throw new Inconclusive('box-failed', [output.slice(-300)]);
  const { Results: results } = JSON.parse(output) as { Results?: { Vulnerabilities?: Finding[] }[] };
  const all = (results ?? []).flatMap(({ Vulnerabilities: found }) => found ?? []);
  const isControl = ({ PkgPath: path }: Finding): boolean => path?.startsWith(`${control}/`) === true;
  if (!all.some(isControl)) throw new Inconclusive('control-failed', ['Trivy did not find ejs 3.1.6 that the check had put beside the image']);
  return all.filter((finding) => !isControl(finding));
}

async function findVulnerableCode(shop: RoleContainer): Promise<string[]> {
  const sizes = vulnerableCode.map(({ bytes }) => `-size ${bytes}c`).join(' -o ');
  const { output } = await shop.twin(`${allFiles} \\( ${sizes} \\) -exec sha256sum {} + 2>/dev/null`);
  return output.split('\n').flatMap((line) => {
    const [hash = '', path = ''] = line.split(/ +/, 2);
    return vulnerableCode.filter((code) => code.hash === hash).map(({ name }) => `${path}: ${name}`);
  });
}
