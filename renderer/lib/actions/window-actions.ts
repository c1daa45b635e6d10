import type { ActionSpec } from './action-spec.ts'

/** Actions that do not need a board. */
export const WINDOW_ACTIONS = {
  'palette.open': {
    title: 'Command palette',
    group: 'Everywhere',
    scope: 'global',
    keys: ['Mod+K'],
    isEverywhere: true,
    isListed: false,
  },
  'view.escape': {
    title: 'Close, or go one step back',
    group: 'Everywhere',
    scope: 'global',
    keys: ['Escape'],
    isListed: false,
  },
  'help.open': {
    title: 'Keyboard shortcuts',
    group: 'Everywhere',
    scope: 'global',
    keys: ['?'],
    keywords: 'help keys hotkeys cheat sheet',
  },
  'settings.open': {
    title: 'Settings',
    group: 'Go to',
    scope: 'global',
    keys: ['Mod+,', 'G S'],
    keywords: 'preferences options',
  },
  'settings.keyboard': {
    title: 'Change keyboard shortcuts',
    group: 'Go to',
    scope: 'global',
    keywords: 'settings remap keys hotkeys bindings',
  },
  'boards.open': {
    title: 'All boards',
    group: 'Go to',
    scope: 'global',
    keys: ['G H'],
    keywords: 'home start list archive starred recent',
  },
  'start.open': {
    title: 'Start page',
    group: 'Go to',
    scope: 'global',
    keywords: 'home welcome sample',
  },
  'inbox.open': {
    title: 'Inbox',
    group: 'Go to',
    scope: 'global',
    keys: ['G I'],
    keywords: 'notifications bell mentions due unread',
  },
  'inbox.mark_all': {
    title: 'Mark all notifications as read',
    group: 'Everywhere',
    scope: 'global',
    keywords: 'inbox clear unread',
  },
  'board.switch': {
    title: 'Go to board…',
    group: 'Go to',
    scope: 'global',
    keys: ['G B'],
    keywords: 'switch open project',
  },
  'search.open': {
    title: 'Search all boards',
    group: 'Go to',
    scope: 'global',
    keys: ['Mod+Shift+F', 'G F'],
    keywords: 'find cards full text',
  },
  'board.create': {
    title: 'New board…',
    group: 'Board',
    scope: 'global',
    keywords: 'add create',
  },
  'folder.open': {
    title: 'Open folder…',
    group: 'Board',
    scope: 'global',
    keywords: 'repository project git',
  },
  'theme.toggle': {
    title: 'Switch between light and dark',
    group: 'View',
    scope: 'global',
    keywords: 'theme appearance night',
  },
} as const satisfies Record<string, ActionSpec>
