/**
 * Labels are the source of truth about what belongs to whom: a restarted keeper finds its sandboxes by them, and nothing
 * without them is ever touched.
 */
export const labels = {
  /** sandbox id; on both containers and the network of a sandbox */
  sandbox: 'schott.sandbox',
  lab: 'schott.lab',
  /** dockerhost, attacker, bake or box */
  kind: 'schott.kind',
  seed: 'schott.seed',
  /** who looks after it: `keeper`, or `cli:<pid>` */
  owner: 'schott.owner',
  /** on images: hash of everything that went into it */
  content: 'schott.content',
  /** on images: SHA-256 of the tools in the base, for the checker */
  tools: 'schott.tools',
  /** on a lab's image: SHA-256 of programs that may run there in the place of the base's, for the checker */
  replacements: 'schott.replacements',
  /** on images: which shared copy of the large programs belongs to it */
  programs: 'schott.programs',
} as const;

export type ContainerKind = 'dockerhost' | 'attacker' | 'bake' | 'box';
