import type { Person } from '#shared/person.ts'
import { ProviderId, providerName } from '#shared/provider.ts'
import { texts } from './texts/texts.ts'

/** How an assignee is called: `person:<id>` and `agent:<provider>` by name, all others as they stand. */
export function assigneeName(assignee: string, people: readonly Person[]): string {
  if (assignee.startsWith('person:')) {
    return people.find(({ id }) => assignee === `person:${id}`)?.name ?? texts.cardWords.somebodyUnknown
  }
  const provider = ProviderId.safeParse(assignee.replace(/^agent:/, ''))
  return provider.success ? providerName(provider.data) : assignee
}
