import { stringify } from 'devalue'
import { firstQuestions, questionKey } from '#shared/first-questions.ts'
import type { LastScreen } from '#shared/last-screen.ts'
import { appRouter } from './api/router.ts'
import type { AppContext } from './context.ts'

/**
 * What a window at this address would be answered now, as text for `parse` of devalue, which keeps dates. Throws what the
 * app answers to a question that fails.
 */
export async function answerLastScreen(ctx: AppContext, hash: string): Promise<string> {
  const { settings, boards } = appRouter.createCaller(ctx)
  const answers = firstQuestions(hash).map(async ({ path, input }) => {
    const answer = {
      'settings.preferences': () => settings.preferences(),
      'boards.list': () => boards.list(),
      'boards.open': () => boards.open(input as Parameters<typeof boards.open>[0]),
    }
    return [questionKey(path, input), await answer[path]()] as const
  })
  return stringify(Object.fromEntries(await Promise.all(answers)) satisfies LastScreen)
}
