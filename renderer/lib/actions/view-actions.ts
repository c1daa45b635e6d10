import type { ActionSpec } from './action-spec.ts'

/** Which cards of a board are shown, and how. */
export const VIEW_ACTIONS = {
  'filter.focus': {
    title: 'Filter cards',
    group: 'View',
    scope: 'board',
    keys: ['F', '/'],
    keywords: 'search find text',
  },
  'filter.add': {
    title: 'Filter by label, priority, assignee…',
    group: 'View',
    scope: 'board',
    keys: ['V F'],
    keywords: 'agents due blocked',
  },
  'filter.clear': {
    title: 'Show all cards',
    group: 'View',
    scope: 'board',
    keys: ['Alt+Shift+F'],
    keywords: 'clear reset filter',
  },
  'view.board': { title: 'Show as board', group: 'View', scope: 'board', keys: ['V B'], keywords: 'kanban' },
  'view.table': {
    title: 'Show as table',
    group: 'View',
    scope: 'board',
    keys: ['V T'],
    keywords: 'list grid rows',
  },
  'view.timeline': {
    title: 'Show as timeline',
    group: 'View',
    scope: 'board',
    keys: ['V L'],
    keywords: 'calendar due dates gantt',
  },
  'view.insights': {
    title: 'Show insights',
    group: 'View',
    scope: 'board',
    keys: ['V I'],
    keywords: 'charts figures flow cycle time throughput cost',
  },
  'view.open': {
    title: 'Go to saved view…',
    group: 'View',
    scope: 'board',
    keys: ['G V'],
    keywords: 'filter',
  },
  'view.save': { title: 'Save this view…', group: 'View', scope: 'board', keywords: 'filter keep' },
  'view.sort': { title: 'Sort cards by…', group: 'View', scope: 'board', keywords: 'order' },
  'view.group': {
    title: 'Group cards by…',
    group: 'View',
    scope: 'board',
    keywords: 'swimlanes lanes rows',
  },
} as const satisfies Record<string, ActionSpec>
