import type { BoardFileHead, FileColumn } from '#shared/board-file.ts'
import { BoardQuery } from '#shared/board-query.ts'
import { firstOfEachName, nameKey } from '#shared/name-key.ts'
import { PermissionMode } from '#shared/policy.ts'
import type { ImportNotes } from './import-notes.ts'

/** What an app has and allows, to which the board of a file has to fit. */
export interface ImportPlace {
  /** Ids of the workflows of people in its database. */
  workflows: ReadonlySet<string>
  /** What agents of a board may do that has chosen nothing. */
  mode: PermissionMode
}

/**
 * The board of a file as this app takes it; the notes say what is not as it was there. A file may come from anybody: it may
 * bind agents more than this app does by itself, and never less.
 */
export function fitBoard(head: BoardFileHead, place: ImportPlace, notes: ImportNotes): BoardFileHead {
  const columns = head.columns.map((column) => fitColumn(column, place))
  const changed = head.columns.filter((column, index) => {
    return column.triggers_agents && column.agent_workflow_type !== columns[index]?.agent_workflow_type
  })
  const settings = fitSettings(head.board.settings, place, notes)
  notes.add(
    NO_WORKFLOW,
    changed.map((column) => column.name),
  )
  const views = fitViews(head.views, notes)
  const labels = firstOfEachName(head.labels)
  notes.add(
    TWIN_LABEL,
    head.labels.filter((label) => labels.get(nameKey(label.name)) !== label).map((label) => label.name),
  )
  return { ...head, board: { ...head.board, settings }, columns, views }
}

function fitColumn(column: FileColumn, { workflows }: ImportPlace): FileColumn {
  const { agent_workflow_type: type, agent_workflow_id: id } = column
  if (type !== 'custom') return { ...column, agent_workflow_id: null }
  if (id !== null && workflows.has(id)) return column
  return { ...column, agent_workflow_type: 'development', agent_workflow_id: null }
}

function fitSettings(
  { permission_mode: mode, ...rest }: BoardFileHead['board']['settings'],
  place: ImportPlace,
  notes: ImportNotes,
): BoardFileHead['board']['settings'] {
  if (mode === undefined) return rest
  if (reach(mode) <= reach(place.mode)) return { ...rest, permission_mode: mode }
  notes.add(NO_PERMISSION, [], 1)
  return rest
}

/** Of two with one name the first; none that asks for what this version does not know. */
function fitViews(views: BoardFileHead['views'], notes: ImportNotes): BoardFileHead['views'] {
  const known = views.filter(({ query }) => BoardQuery.safeParse({ ...query, label_ids: [] }).success)
  const names = (of: typeof views) => of.map((view) => view.name)
  notes.add(STRANGE_VIEW, names(views.filter((view) => !known.includes(view))))
  const first = firstOfEachName(known)
  const twins = known.filter((view) => first.get(nameKey(view.name)) !== view)
  notes.add(TWIN_VIEW, names(twins))
  return known.filter((view) => !twins.includes(view))
}

/** How much agents may do; the modes are listed from the least to the most. */
function reach(mode: PermissionMode): number {
  return PermissionMode.options.indexOf(mode)
}

const NO_PERMISSION =
  'In the file agents may do more without being asked than in this app. Here they ask as usual, unless you choose otherwise in the settings of the board.'
const STRANGE_VIEW = 'Views that ask for what this version does not know were left out.'
const TWIN_LABEL =
  'Of labels with the same name only the first came along; cards of the others carry that one.'
const TWIN_VIEW = 'Of views with the same name only the first came along.'
const NO_WORKFLOW =
  'The workflow that these columns start is not in this database. They start Development instead: choose another one in the menu of the column.'
