import { slugOf } from '../../workspaces/branch-name.ts'
import type { DemoScript } from './demo-script.ts'

/**
 * For a card that the demo agent does not know: it writes one small file that says what it is, so that the whole
 * way from card to merge can be tried without a model. Each execution has a file of its own.
 */
export function anyCardScript(title: string, executionId: string): DemoScript {
  const file = `docs/demo/${slugOf(title) || 'card'}-${executionId.slice(-8)}.md`
  const removal = `## How to remove this\n\nDelete \`${file}\`; nothing else was changed.\n`
  return {
    looksAt: ['README.md'],
    plan: [
      '## Goal',
      `Show how a card travels from plan to merge. No model is asked, so “${title}” itself will not be done.`,
      '## Steps',
      `1. Write ${file}, one small file that says what it is.`,
      '2. Have it reviewed, mend what is found, and leave the merge to you.',
    ],
    development: {
      says: 'I write one small file and touch nothing else.',
      edits: [
        {
          file,
          create:
            `# Demo: ${title}\n\nWritten by the demo agent of Agent Rangers to show its way of working.\n` +
            'No model was asked. Add an Anthropic API key to have cards really done.\n',
        },
      ],
      done: `Wrote ${file}.`,
    },
    review: {
      finding: {
        severity: 'minor',
        file,
        near: '# Demo',
        finding: 'The file does not say how to get rid of it again.',
        suggestion: 'Add a short section on removing it.',
      },
      resolvedBy: { file, contains: removal },
      requested: 'Fine for a demo, but it should say how to remove it.',
      approved: 'The demo file says what it is and how to remove it.',
    },
    fix: {
      says: 'I add that section.',
      edits: [
        { file, replace: 'to have cards really done.\n', by: `to have cards really done.\n\n${removal}` },
      ],
      done: 'The file says how to remove it.',
    },
  }
}
