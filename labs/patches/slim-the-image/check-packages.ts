import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { fewPrograms, surveyOfImage } from './image-survey.ts';
import { theReport, type Tools } from './report.ts';

const mostPackages = 15;

/** Trivy, in a box of ours, finds few packages in the image and nothing serious that could be mended; nor has the image more than its packages tell. */
export async function checkPackages(tools: Tools): Promise<Evidence> {
  const { sandbox, notYet } = tools;
  const role = await theReport(tools);
  const installed = packagesIn(await (await sandbox.image(role.imageId)).readFile('/var/lib/dpkg/status'));
  if (installed > mostPackages) throw notYet('too-many-packages', [`/var/lib/dpkg/status of ${role.imageName}: ${installed} packages`]);
  const { programs, scanned, complete } = await surveyOfImage(tools);
  if (programs > fewPrograms) {
    throw notYet('too-many-programs', [
      `${installed} packages in /var/lib/dpkg/status`,
      `${complete ? '' : 'more than '}${programs} programs and libraries in the layers`,
    ]);
  }
  const { packages, findings } = await scan(tools, scanned);
  if (packages.length > mostPackages) throw notYet('too-many-packages', [`${packages.length} packages: ${packages.join(', ')}`]);
  if (findings.length > 0) throw notYet('vulnerable-package', findings);
  return [`${packages.length} packages: ${packages.join(', ')}`, `${programs} programs and libraries`, 'Trivy: nothing HIGH or CRITICAL that has a fix'];
}

function packagesIn(status: Uint8Array | undefined): number {
  return new TextDecoder().decode(status).match(/^Package:/gm)?.length ?? 0;
}

interface Finding {
  readonly VulnerabilityID: string;
  readonly PkgName: string;
  readonly PkgPath?: string;
  readonly InstalledVersion: string;
  readonly FixedVersion?: string;
  readonly Severity: string;
}

interface Report {
  readonly Results?: readonly {
    readonly Class?: string;
    readonly Packages?: readonly { readonly Name: string }[];
    readonly Vulnerabilities?: readonly Finding[];
  }[];
}

/**
 * What a scanner goes by is put before Trivy, of all layers: the rest of the image, mostly Node itself, says nothing to it. The control is a package known to be
 * vulnerable that lies beside: it must be found.
 */
async function scan({ sandbox }: Tools, lists: ReadonlyMap<string, Uint8Array>): Promise<{ packages: string[]; findings: string[] }> {
  const control = `control-${sandbox.random(6)}`;
  const files = new Map([...lists].map(([path, content]): [string, string | Uint8Array] => [`image${path}`, content]));
  files.set(`image/${control}/node_modules/ejs/package.json`, '{ "name": "ejs", "version": "3.1.6" }');
  const options = '--quiet --scanners vuln --severity HIGH,CRITICAL --ignore-unfixed --list-all-pkgs --format json';
  const { ok, output } = await sandbox.runInBox(['sh', '-c', `. /etc/profile.d/trivy.sh && trivy rootfs ${options} image`], {
    files: Object.fromEntries(files),
  });
  if (!ok) throw new Inconclusive('box-failed', [output.slice(-300)]);
  const { Results: results = [] } = parse(output);
  const packages = results.filter(({ Class: kind }) => kind === 'os-pkgs').flatMap(({ Packages: found }) => found ?? []);
  const findings = results.flatMap(({ Vulnerabilities: found }) => found ?? []);
  const isControl = ({ PkgPath: path }: Finding): boolean => path?.startsWith(`${control}/`) === true;
  if (!findings.some(isControl)) throw new Inconclusive('control-failed', ['Trivy did not find ejs 3.1.6 that the check had put beside the image']);
  return { packages: packages.map(({ Name: name }) => name), findings: findings.filter((one) => !isControl(one)).map(describe) };
}

function parse(json: string): Report {
  try {
    return JSON.parse(json) as Report;
  } catch (error) {
    throw new Inconclusive('box-failed', [`Trivy's report cannot be read (${String(error)})`, json.slice(0, 200)]);
  }
}

function describe({ VulnerabilityID: id, Severity: severity, PkgName: name, InstalledVersion: version, FixedVersion: fixed, PkgPath: path }: Finding): string {
  return `${id} ${severity}: ${name} ${version}, fixed in ${fixed ?? '?'} (${path ?? 'Debian'})`;
}
