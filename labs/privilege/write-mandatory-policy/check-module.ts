import type { Evidence } from '#lab';
import { buildPolicy, nameOf, webType, type AccessQuestion } from './module.ts';
import type { Tools } from './profile.ts';

const artefact = 'validated artefact: compiled, linked and expanded with Debian’s reference policy, searched with setools; not enforced on this host';

/** What the web server must be able to do, and what Docker must be able to do with it. */
const needed: readonly AccessQuestion[] = [
  [webType, 'container_file_t', 'file', ['read', 'open', 'getattr']],
  [webType, webType, 'tcp_socket', ['create', 'bind', 'listen', 'accept']],
  [webType, 'http_port_t', 'tcp_socket', ['name_bind']],
  [webType, 'node_t', 'tcp_socket', ['node_bind']],
  ['dockerd_t', webType, 'process', ['transition']],
];

const forbidden: readonly AccessQuestion[] = [
  [webType, 'shadow_t', 'file', ['read', 'write', 'append', 'open']],
  [webType, 'container_runtime_t', 'sock_file', ['write', 'append']],
  [webType, 'dockerd_t', 'unix_stream_socket', ['connectto']],
  [webType, 'etc_t', 'file', ['write', 'append', 'create', 'unlink', 'rename', 'setattr']],
  [webType, 'etc_t', 'dir', ['write', 'add_name', 'remove_name']],
  [webType, 'usr_t', 'file', ['write', 'append', 'create', 'unlink', 'rename', 'setattr']],
  [webType, 'sysctl_kernel_t', 'file', ['write', 'append']],
  [webType, 'fixed_disk_device_t', 'blk_file', ['read', 'write']],
  [webType, 'container_var_lib_t', 'file', ['read', 'write']],
  [webType, webType, 'capability', ['sys_admin', 'sys_ptrace', 'sys_module', 'sys_rawio', 'dac_override', 'dac_read_search', 'net_admin', 'net_raw']],
  [webType, 'ssh_port_t', 'tcp_socket', ['name_bind', 'name_connect']],
  [webType, 'unconfined_t', 'process', ['transition', 'dyntransition', 'ptrace']],
];

const questions = [...needed, ...forbidden];

/** The module goes through compiler, linker and expansion, together with everything it refers to. */
export async function checkModuleBuilds(tools: Tools): Promise<Evidence> {
  const { attributes, roles } = await buildPolicy(tools, questions);
  return [artefact, `${webType}: attributes ${attributes.join(', ') || 'none'}; roles ${roles.join(', ') || 'none'}`];
}

/** The expanded policy, and not the module alone, allows what the service needs and nothing that leads out of its container. */
export async function checkModuleMeaning(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const policy = await buildPolicy(tools, questions);
  if (policy.permissive) throw notYet('module-permissive', [artefact, `${webType} is a permissive type`]);
  for (const question of forbidden) {
    const { rules } = policy.answerTo(question);
    if (rules.length > 0) throw notYet('module-allows-too-much', [artefact, `asked for: ${nameOf(question)}`, ...rules.slice(0, 3)]);
  }
  if (policy.transitions.length > 0) throw notYet('module-leaves', [artefact, `${webType} may turn into: ${policy.transitions.slice(0, 5).join(', ')}`]);
  for (const question of needed) {
    const missing = question[3].filter((permission) => !policy.answerTo(question).always.includes(permission));
    if (missing.length > 0) throw notYet('module-blocks-service', [artefact, `no rule grants: ${nameOf([question[0], question[1], question[2], missing])}`]);
  }
  if (!policy.roles.includes('system_r')) throw notYet('module-blocks-service', [artefact, `role system_r types ${webType}: missing`]);
  return [artefact, ...needed.map((question) => `allowed: ${nameOf(question)}`), `no rule: ${forbidden.map(nameOf).join(', ')}`];
}
