import type { ProviderId } from '#shared/provider.ts'

/** The parts of the settings page, in their order; each has an address. */
export const SETTINGS_SECTIONS = [
  'you',
  'api-key',
  'agents',
  'limits',
  'appearance',
  'notifications',
  'quitting',
  'database',
  'backups',
  'system',
  'log',
] as const

export type SettingsSection = (typeof SETTINGS_SECTIONS)[number]

export function settingsSection(name: string | undefined): SettingsSection | null {
  return SETTINGS_SECTIONS.find((section) => section === name) ?? null
}

/** Where a person makes a provider usable. */
export function sectionOfProvider(id: ProviderId): SettingsSection {
  return id === 'anthropic' ? 'api-key' : 'agents'
}
