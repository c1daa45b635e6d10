import type { ActionSpec } from './action-spec.ts'

/** Actions on the open board and its columns. */
export const BOARD_ACTIONS = {
  'board.undo': {
    title: 'Undo',
    group: 'Board',
    scope: 'global',
    keys: ['Mod+Z'],
    keywords: 'take back revert',
    repeats: true,
  },
  'board.redo': {
    title: 'Redo',
    group: 'Board',
    scope: 'global',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    keywords: 'do again repeat',
    repeats: true,
  },
  'board.archive': {
    title: 'Archived cards',
    group: 'Board',
    scope: 'board',
    keys: ['G Z'],
    keywords: 'archive restore put away',
  },
  'board.archive-done': {
    title: 'Archive done cards…',
    group: 'Board',
    scope: 'board',
    keywords: 'put away clean up old finished',
  },
  'board.save-template': {
    title: 'Save board as a template…',
    group: 'Board',
    scope: 'board',
    keywords: 'keep copy reuse',
  },
  'board.import-tasks': {
    title: 'Import a task list…',
    group: 'Board',
    scope: 'board',
    keywords: 'plan json file cards dependencies',
  },
  'board.settings': {
    title: 'Board settings…',
    group: 'Board',
    scope: 'board',
    keywords: 'provider agents rounds',
  },
  'board.activity': {
    title: 'Activity',
    group: 'Board',
    scope: 'board',
    keys: ['G A'],
    keywords: 'feed history who changed what panel',
  },
  'board.rename': { title: 'Rename board', group: 'Board', scope: 'board' },
  'column.collapse': {
    title: 'Collapse or expand column…',
    group: 'Board',
    scope: 'board',
    keywords: 'narrow hide fold strip',
  },
  'board.delete': {
    title: 'Delete board…',
    group: 'Board',
    scope: 'board',
    keywords: 'remove trash',
  },
} as const satisfies Record<string, ActionSpec>
