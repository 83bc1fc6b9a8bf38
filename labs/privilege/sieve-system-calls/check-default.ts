import type { Evidence } from '#lab';
import { allowedNames, allowsByDefault, profileOf } from './profile.ts';
import { theRenderer, type Tools } from './renderer.ts';

/** Docker's default profile lets none of these through without a capability. The Docker host refuses most of them itself, so here the profile's text has to do. */
const rare = `
  acct add_key bpf clock_adjtime clock_settime create_module delete_module fanotify_init finit_module fsconfig fsmount fsopen fspick get_kernel_syms
  init_module io_uring_enter io_uring_register io_uring_setup ioperm iopl kexec_file_load kexec_load keyctl lookup_dcookie mount mount_setattr move_mount nfsservctl
  open_by_handle_at open_tree perf_event_open pivot_root query_module quotactl quotactl_fd reboot request_key setdomainname sethostname setns settimeofday stime
  swapoff swapon sysfs _sysctl syslog umount umount2 unshare uselib userfaultfd ustat vhangup vm86 vm86old`
  .trim()
  .split(/\s+/);

/** Probes that only a rule for them could open: what nobody thought of must be closed. */
const unmentioned = ['mount_setattr', 'umount2', 'open_tree', 'request_key'];

/** The profile names what is allowed, and refuses the rest. */
export async function checkDefault(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const role = await theRenderer(tools);
  const profile = await profileOf(tools, role);
  if (profile === undefined) throw notYet('no-profile', [`SecurityOpt: ${JSON.stringify(role.hostConfig['SecurityOpt'] ?? null).slice(0, 200)}`]);
  const facts: string[] = [];
  if (profile !== 'builtin') {
    if (allowsByDefault(profile)) throw notYet('allows-by-default', [`${profile.from}: defaultAction ${profile.defaultAction}`]);
    const allowed = allowedNames(profile);
    const wide = rare.filter((name) => allowed.has(name));
    if (wide.length > 0) throw notYet('profile-too-wide', [`${profile.from} allows: ${wide.join(' ')}`]);
    facts.push(`${profile.from}: defaultAction ${profile.defaultAction}, ${allowed.size} names allowed whatever their arguments`);
  }
  const answers = await role.probe(unmentioned);
  const open = unmentioned.filter((name) => answers[name]?.startsWith('reachable') !== false);
  if (open.length > 0)
    throw notYet(
      'allows-by-default',
      open.map((name) => `${name}: ${answers[name]}`),
    );
  return [...facts, ...unmentioned.map((name) => `${name}: ${answers[name]}`)];
}
