import { ACTIONS } from './actions.ts'
import { ACTIVITY } from './activity.ts'
import { AGENT_SETTINGS } from './agent-settings.ts'
import { AGENTS } from './agents.ts'
import { ALTERNATIVES } from './alternatives.ts'
import { APP } from './app.ts'
import { APPEARANCE } from './appearance.ts'
import { ATTACHMENTS } from './attachments.ts'
import { BACKUPS } from './backups.ts'
import { BOARD } from './board.ts'
import { BOARD_MOVES } from './board-moves.ts'
import { BOARD_SETTINGS } from './board-settings.ts'
import { BOARDS } from './boards.ts'
import { BUDGETS } from './budgets.ts'
import { CARD } from './card.ts'
import { CARD_WORDS } from './card-words.ts'
import { CHANGES } from './changes.ts'
import { CHECKS } from './checks.ts'
import { COLORS } from './colors.ts'
import { COLUMNS } from './columns.ts'
import { COMMENTS } from './comments.ts'
import { DECISIONS } from './decisions.ts'
import { ERRORS } from './errors.ts'
import { EXECUTION } from './execution.ts'
import { EXECUTION_STATE } from './execution-state.ts'
import { FILTERS } from './filters.ts'
import { FORMAT } from './format.ts'
import { IMPORT_BOARD } from './import-board.ts'
import { INBOX } from './inbox.ts'
import { INSIGHTS } from './insights.ts'
import { KEYBOARD } from './keyboard.ts'
import { LINKS } from './links.ts'
import { LOG } from './log.ts'
import { NEW_BOARD } from './new-board.ts'
import { PALETTE } from './palette.ts'
import { PRESENCE } from './presence.ts'
import { PROJECTS } from './projects.ts'
import { QUICK_ADD } from './quick-add.ts'
import { ROUNDS } from './rounds.ts'
import { SEARCH } from './search.ts'
import { SETTINGS } from './settings.ts'
import { SETTINGS_SECTIONS } from './settings-sections.ts'
import { SHELL } from './shell.ts'
import { SHORTCUTS } from './shortcuts.ts'
import { TABLE } from './table.ts'
import { TASK } from './task.ts'
import { TASK_PROPERTIES } from './task-properties.ts'
import { TEMPLATES } from './templates.ts'
import { TIMELINE } from './timeline.ts'
import { TRANSCRIPT } from './transcript.ts'
import { TRASH } from './trash.ts'
import { UI } from './ui.ts'
import { UNDO } from './undo.ts'
import { VIEWS } from './views.ts'
import { WORKFLOW_NODES } from './workflow-nodes.ts'
import { WORKFLOWS } from './workflows.ts'

/**
 * What the window says, in one place and typed, so that another language is another object of this shape. Texts with a
 * value in them are functions: each language puts its words and plurals in its own order.
 */
export const texts = {
  actions: ACTIONS,
  agents: AGENTS,
  shell: SHELL,
  inbox: INBOX,
  boards: BOARDS,
  boardSettings: BOARD_SETTINGS,
  appearance: APPEARANCE,
  colors: COLORS,
  app: APP,
  activity: ACTIVITY,
  attachments: ATTACHMENTS,
  card: CARD,
  columns: COLUMNS,
  board: BOARD,
  boardMoves: BOARD_MOVES,
  newBoard: NEW_BOARD,
  importBoard: IMPORT_BOARD,
  budgets: BUDGETS,
  changes: CHANGES,
  comments: COMMENTS,
  alternatives: ALTERNATIVES,
  decisions: DECISIONS,
  execution: EXECUTION,
  checks: CHECKS,
  transcript: TRANSCRIPT,
  format: FORMAT,
  filters: FILTERS,
  insights: INSIGHTS,
  links: LINKS,
  palette: PALETTE,
  presence: PRESENCE,
  projects: PROJECTS,
  quickAdd: QUICK_ADD,
  rounds: ROUNDS,
  search: SEARCH,
  agentSettings: AGENT_SETTINGS,
  backups: BACKUPS,
  settings: SETTINGS,
  settingsSections: SETTINGS_SECTIONS,
  keyboard: KEYBOARD,
  log: LOG,
  table: TABLE,
  taskProperties: TASK_PROPERTIES,
  task: TASK,
  templates: TEMPLATES,
  timeline: TIMELINE,
  trash: TRASH,
  undo: UNDO,
  views: VIEWS,
  workflows: WORKFLOWS,
  workflowNodes: WORKFLOW_NODES,
  executionState: EXECUTION_STATE,
  cardWords: CARD_WORDS,
  errors: ERRORS,
  shortcuts: SHORTCUTS,
  ui: UI,
}
