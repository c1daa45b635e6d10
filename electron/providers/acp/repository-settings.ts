import { lstat } from 'node:fs/promises'
import { join } from 'node:path'
import { providerName } from '#shared/provider.ts'
import type { AcpAgent } from './agent.ts'

/**
 * What a person is told before an agent begins in a workspace with settings for it: they may start programs, allow what
 * nobody was asked about, or change what the agent is told. Null: there are none.
 */
export async function settingsNotice(
  { id, repository: { settings, areIgnored } }: Pick<AcpAgent, 'id' | 'repository'>,
  workspace: string,
): Promise<{ level: 'info' | 'warn'; text: string } | null> {
  const found = await Promise.all(
    settings.map(async (name) => ((await lstat(join(workspace, name)).catch(() => null)) ? [name] : [])),
  )
  const names = found.flat().join(', ')
  if (!names) return null
  const agent = providerName(id)
  return areIgnored
    ? {
        level: 'info',
        text: `${agent} is told to leave the repository’s own settings for it alone: ${names}.`,
      }
    : {
        level: 'warn',
        text: `${agent} may read settings of this repository (${names}), which can have it start programs and allow itself more. Look at them before you trust it here.`,
      }
}
