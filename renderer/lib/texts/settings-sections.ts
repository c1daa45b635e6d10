import type { SettingsSection } from '../settings-sections.ts'
import { AGENT_SETTINGS } from './agent-settings.ts'
import { APPEARANCE } from './appearance.ts'
import { BACKUPS } from './backups.ts'
import { LOG } from './log.ts'
import { SETTINGS } from './settings.ts'

export const SETTINGS_SECTIONS = {
  sections: 'Sections of the settings',
  section: 'Section',
  /** How each is headed, and the other words by which it is found. */
  words: {
    you: { title: SETTINGS.you, keywords: 'name account person' },
    'api-key': { title: AGENT_SETTINGS.anthropicApiKey, keywords: 'claude credential secret token' },
    agents: { title: AGENT_SETTINGS.agents, keywords: 'providers install default claude code codex gemini' },
    limits: { title: AGENT_SETTINGS.atSameTime, keywords: 'limit parallel concurrent queue executions' },
    appearance: { title: APPEARANCE.title, keywords: 'theme dark light density language locale format' },
    notifications: { title: APPEARANCE.notifications, keywords: 'notices inbox desktop sound tell' },
    quitting: { title: APPEARANCE.quitting, keywords: 'close ask confirm exit' },
    database: { title: SETTINGS.database, keywords: 'postgresql connection size migrations' },
    backups: { title: BACKUPS.backups, keywords: 'restore back up export data' },
    system: { title: SETTINGS.system, keywords: 'health check git version diagnose' },
    log: { title: LOG.log, keywords: 'errors warnings debug lines' },
  } satisfies Record<SettingsSection, { title: string; keywords: string }>,
} as const
