import type { ActionSpec } from './action-spec.ts'

/** Which cards of a board are shown, and how. */
export const VIEW_ACTIONS = {
  'filter.focus': { group: 'view', scope: 'board', keys: ['F', '/'] },
  'filter.add': { group: 'view', scope: 'board', keys: ['V F'] },
  'filter.clear': { group: 'view', scope: 'board', keys: ['Alt+Shift+F'] },
  'view.board': { group: 'view', scope: 'board', keys: ['V B'] },
  'view.table': { group: 'view', scope: 'board', keys: ['V T'] },
  'view.timeline': { group: 'view', scope: 'board', keys: ['V L'] },
  'view.insights': { group: 'view', scope: 'board', keys: ['V I'] },
  'view.open': { group: 'view', scope: 'board', keys: ['G V'] },
  'view.save': { group: 'view', scope: 'board' },
  'view.sort': { group: 'view', scope: 'board' },
  'view.group': { group: 'view', scope: 'board' },
} as const satisfies Record<string, ActionSpec>
