import type { Text } from '#lab';
import { probeCapabilities } from '#sandbox/host/capabilities.ts';
import { canInstallPackages, installPackages, missingPackages, systemName } from '#sandbox/host/packages.ts';
import { say, sayInPlace } from './say.ts';

/** Makes the machine ready for sandboxes; gives the reason when it cannot be. */
export async function makeReady(): Promise<Text | undefined> {
  if (process.platform !== 'linux') {
    return { de: 'Labore brauchen Linux; dieses System ist keines.', en: 'Labs need Linux; this system is not one.' };
  }
  if (process.getuid?.() !== 0) {
    return {
      de: 'Labore brauchen Root-Rechte, um Docker-Hosts zu starten. Starte den Kurs mit `sudo npm start`.',
      en: 'Labs need root to start Docker hosts. Start the course with `sudo npm start`.',
    };
  }
  const capabilities = await probeCapabilities();
  say('kernel', `${capabilities.kernel} ${capabilities.architecture}, cgroup v${capabilities.cgroupVersion}, ${list(capabilities)}`);
  if (!capabilities.userNamespaces) {
    return {
      de: 'Der Kernel dieser Maschine hat keine User-Namespaces (user.max_user_namespaces ist 0). Ohne sie startet hier kein Docker-Host.',
      en: "This machine's kernel has no user namespaces (user.max_user_namespaces is 0). Without them no Docker host is started here.",
    };
  }
  if (!capabilities.btrfs) {
    return {
      de: 'Der Kernel dieser Maschine kennt btrfs nicht. Der Pool der Docker-Hosts braucht es.',
      en: "This machine's kernel does not know btrfs. The pool of the Docker hosts needs it.",
    };
  }
  return installWhatIsMissing();
}

async function installWhatIsMissing(): Promise<Text | undefined> {
  const missing = await missingPackages();
  if (missing.length === 0) return undefined;
  if (!(await canInstallPackages())) {
    const system = await systemName();
    return {
      de: `Es fehlen Programme: ${missing.join(', ')} (Namen der Debian-Pakete). Auf ${system} musst du sie selbst installieren.`,
      en: `Programs are missing: ${missing.join(', ')} (names of the Debian packages). On ${system} you have to install them yourself.`,
    };
  }
  say('packages', `installing ${missing.join(' ')}`);
  const show = sayInPlace('packages');
  try {
    await installPackages(missing, show);
  } catch (error) {
    return {
      de: `Die Pakete ${missing.join(', ')} ließen sich nicht installieren: ${lastLine(error)}`,
      en: `The packages ${missing.join(', ')} could not be installed: ${lastLine(error)}`,
    };
  } finally {
    show.end();
  }
  say('packages', 'installed');
  return undefined;
}

function list(capabilities: { kvm: boolean; appArmor: boolean; selinux: boolean }): string {
  const named = Object.entries({ KVM: capabilities.kvm, AppArmor: capabilities.appArmor, SELinux: capabilities.selinux });
  return named.map(([name, isThere]) => `${isThere ? '' : 'no '}${name}`).join(', ');
}

function lastLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).trim().split('\n').at(-1) ?? '';
}
