import type { UserId } from './ids.ts'

/** Somebody who uses a board of this database; `person:<id>` as assignee. */
export interface Person {
  id: UserId
  name: string
}
