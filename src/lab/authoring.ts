/** What `#lab` stands for: the language labs are written in, and nothing else of this folder. */
export type { Check, CheckTools, ChecksOf } from './check.ts';
export { hostMountsOf } from './host-mounts.ts';
export type { HostMount } from './host-mounts.ts';
export { pointsOf, topics } from './lab.ts';
export type { Attack, Lab, Need, Task, Topic } from './lab.ts';
export type {
  CgroupLimits,
  CgroupUsage,
  FileFacts,
  HttpAnswer,
  HttpRequest,
  KernelMount,
  KernelProcess,
  LayerFile,
  Listener,
  NestedContainer,
  NestedImage,
  RoleContainer,
  RoleQuery,
  SandboxView,
  ScriptResult,
} from './sandbox.ts';
export type { Language, Text } from './text.ts';
export { ConnectionFailed, Inconclusive, NotYet } from './verdict.ts';
export type { Evidence } from './verdict.ts';
export { knownExploited, reviewedOn, vulnerabilityDatabase } from './trivy/vulnerability-database.ts';
export type { Vulnerability } from './trivy/vulnerability.ts';
