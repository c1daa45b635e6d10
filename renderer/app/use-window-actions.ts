import { useOffers } from '../lib/actions/use-offers.ts'
import { navigate } from '../lib/route.ts'
import { useShortcuts } from '../lib/shortcuts/use-shortcuts.ts'
import { texts } from '../lib/texts/texts.ts'
import { useDark } from '../lib/use-dark.ts'
import { usePreferences } from '../lib/use-preferences.ts'
import type { OpenDialog } from './shell.tsx'
import { useSidebar } from './use-sidebar.ts'

/** Listens to the window's keys, and offers what can be done wherever the person is. */
export function useWindowActions(onDialog: (dialog: OpenDialog) => void): void {
  useShortcuts()
  const { update } = usePreferences()
  const isDark = useDark()
  const sidebar = useSidebar()
  useOffers({
    'help.open': { run: () => onDialog('help') },
    'settings.open': { run: () => navigate({ page: 'settings', section: null }) },
    'settings.keyboard': { run: () => navigate({ page: 'keyboard' }) },
    'inbox.open': { run: () => navigate({ page: 'inbox' }) },
    'agents.open': { run: () => navigate({ page: 'agents' }) },
    'boards.open': { run: () => navigate({ page: 'boards' }) },
    'templates.open': { run: () => onDialog('templates') },
    'workflows.open': { run: () => navigate({ page: 'workflows', id: null }) },
    'approvals.open': { run: () => navigate({ page: 'approvals' }) },
    'usage.open': { run: () => navigate({ page: 'usage' }) },
    'trash.open': { run: () => navigate({ page: 'trash' }) },
    'start.open': { run: () => navigate({ page: 'welcome' }) },
    'board.create': { run: () => onDialog('board') },
    'folder.open': { run: () => onDialog('folder') },
    'sidebar.toggle': {
      run: sidebar.toggle,
      title: sidebar.isOpen ? texts.shell.foldSidebar : texts.shell.unfoldSidebar,
    },
    'theme.toggle': {
      run: () => update({ theme: isDark ? 'light' : 'dark' }),
      title: isDark ? texts.app.switchLightTheme : texts.app.switchDarkTheme,
    },
  })
}
