import type { ActionSpec } from './action-spec.ts'

/** Actions that do not need a board. */
export const WINDOW_ACTIONS = {
  'palette.open': {
    group: 'everywhere',
    scope: 'global',
    keys: ['Mod+K'],
    isEverywhere: true,
    isListed: false,
  },
  'view.escape': { group: 'everywhere', scope: 'global', keys: ['Escape'], isListed: false },
  'help.open': { group: 'everywhere', scope: 'global', keys: ['?'] },
  'settings.open': { group: 'go', scope: 'global', keys: ['Mod+,', 'G S'] },
  'settings.keyboard': { group: 'go', scope: 'global' },
  'boards.open': { group: 'go', scope: 'global', keys: ['G H'] },
  'templates.open': { group: 'board', scope: 'global' },
  'workflows.open': { group: 'go', scope: 'global', keys: ['G W'] },
  'approvals.open': { group: 'go', scope: 'global', keys: ['G Q'] },
  'usage.open': { group: 'go', scope: 'global', keys: ['G U'] },
  'trash.open': { group: 'go', scope: 'global', keys: ['G T'] },
  'start.open': { group: 'go', scope: 'global' },
  'go.back': { group: 'go', scope: 'global', keys: ['Alt+ArrowLeft'], mac: ['Mod+['], repeats: true },
  'go.forward': { group: 'go', scope: 'global', keys: ['Alt+ArrowRight'], mac: ['Mod+]'], repeats: true },
  'window.open_here': { group: 'go', scope: 'global' },
  'inbox.open': { group: 'go', scope: 'global', keys: ['G I'] },
  'agents.open': { group: 'go', scope: 'global', keys: ['G R'] },
  'inbox.mark_all': { group: 'everywhere', scope: 'global' },
  'board.switch': { group: 'go', scope: 'global', keys: ['G B'] },
  'search.open': { group: 'go', scope: 'global', keys: ['Mod+Shift+F', 'G F'] },
  'board.create': { group: 'board', scope: 'global' },
  'folder.open': { group: 'board', scope: 'global' },
  'theme.toggle': { group: 'view', scope: 'global' },
} as const satisfies Record<string, ActionSpec>
