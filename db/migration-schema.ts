import * as agents from './schema/agents.ts'
import * as boards from './schema/boards.ts'
import * as cards from './schema/cards.ts'
import * as executions from './schema/executions.ts'
import * as ledger from './schema/ledger.ts'
import * as notifications from './schema/notifications.ts'
import * as plans from './schema/plans.ts'
import * as projects from './schema/projects.ts'
import * as workflows from './schema/workflows.ts'

/** Every table that the app knows, for the comparison with what the migrations make. A test finds a missing file. */
export const schema = {
  ...boards,
  ...agents,
  ...cards,
  ...workflows,
  ...executions,
  ...ledger,
  ...notifications,
  ...plans,
  ...projects,
}
