import type { Db } from '#db/client.ts'
import { listUsers } from '#db/queries/users.ts'
import { ProviderId, providerName } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'

/** How sentences call assignees: `person:<id>` and `agent:<provider>` by name, all others as they stand. */
export type AssigneeNames = (assignee: string) => string

/** The names of those to whom these cards are or were assigned, where that changed; without a query where it did not. */
export async function assigneeNames(
  tx: Db,
  changes: readonly { before: Task; after: Task }[],
): Promise<AssigneeNames> {
  const changed = changes.filter(({ before, after }) => before.assigned_to !== after.assigned_to)
  const named = changed.flatMap(({ before, after }) => [before.assigned_to, after.assigned_to])
  const isPerson = named.some((assignee) => assignee?.startsWith('person:'))
  const people = new Map(isPerson ? (await listUsers(tx)).map(({ id, name }) => [`person:${id}`, name]) : [])
  return (assignee) => {
    const provider = ProviderId.safeParse(assignee.replace(/^agent:/, ''))
    return people.get(assignee) ?? (provider.success ? providerName(provider.data) : assignee)
  }
}
