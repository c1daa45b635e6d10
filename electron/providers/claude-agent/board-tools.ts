import { z } from 'zod'
import type { CardAccess } from '../provider.ts'
import type { AgentSdk } from './sdk.ts'

/** Their names as the agent sees them; always allowed, since they reach its own card and nothing else. */
export const BOARD_TOOLS = ['mcp__board__read_card', 'mcp__board__comment_on_card'] as const

/** The agent's own card as a server of tools inside this process. */
export function boardServer(sdk: AgentSdk, card: CardAccess): unknown {
  const answer = async (give: () => Promise<string>) => {
    try {
      return { content: [{ type: 'text' as const, text: await give() }] }
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      return { content: [{ type: 'text' as const, text }], isError: true }
    }
  }
  const read = sdk.tool('read_card', 'The card that you work on, as Markdown, with its comments.', {}, () =>
    answer(() => card.readCard()),
  )
  const body = z.string().min(1).max(20_000).describe('Markdown.')
  const comment = sdk.tool(
    'comment_on_card',
    'Writes a comment on the card for the people.',
    { body },
    (input) =>
      answer(async () => {
        await card.commentOnCard(z.string().min(1).max(20_000).parse(input.body))
        return 'Written.'
      }),
  )
  return sdk.createSdkMcpServer({ name: 'board', version: '1.0.0', tools: [read, comment], alwaysLoad: true })
}
