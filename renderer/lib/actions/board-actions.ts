import type { ActionSpec } from './action-spec.ts'

/** Actions on the open board and its columns. */
export const BOARD_ACTIONS = {
  'board.undo': { group: 'board', scope: 'global', keys: ['Mod+Z'], repeats: true },
  'board.redo': { group: 'board', scope: 'global', keys: ['Mod+Shift+Z', 'Mod+Y'], repeats: true },
  'board.archive': { group: 'board', scope: 'board', keys: ['G Z'] },
  'board.archive-done': { group: 'board', scope: 'board' },
  'board.save-template': { group: 'board', scope: 'board' },
  'board.import-tasks': { group: 'board', scope: 'board' },
  'board.settings': { group: 'board', scope: 'board' },
  'board.activity': { group: 'board', scope: 'board', keys: ['G A'] },
  'board.rename': { group: 'board', scope: 'board' },
  'column.collapse': { group: 'board', scope: 'board' },
  'board.delete': { group: 'board', scope: 'board' },
} as const satisfies Record<string, ActionSpec>
