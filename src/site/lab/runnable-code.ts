import { definePlugin, type ExpressiveCodePlugin } from '@astrojs/starlight/expressive-code';

const targets = ['dockerhost', 'attacker'];

/**
 * Marks code blocks that can be run with a click: ` ```sh run=attacker ` becomes `data-run="attacker"` on the rendered block.
 * What is typed into the terminal is the block's own text, so the page never sends a command that no author wrote.
 */
export function runnableCode(): ExpressiveCodePlugin {
  return definePlugin({
    name: 'runnable-code',
    hooks: {
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const target = codeBlock.metaOptions.getString('run');
        if (target === undefined) return;
        if (!targets.includes(target)) throw new Error(`Cannot make a code block runnable in "${target}": known terminals are ${targets.join(' and ')}`);
        renderData.blockAst.properties['data-run'] = target;
      },
    },
  });
}
