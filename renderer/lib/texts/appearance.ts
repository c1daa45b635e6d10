import type { NotificationKind } from '#shared/notification.ts'

export const APPEARANCE = {
  title: 'Appearance',
  theme: 'Theme',
  themes: { system: 'System', light: 'Light', dark: 'Dark' },
  density: 'Density',
  densityHint: 'Compact shows more cards and rows at once.',
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  locale: 'Dates and numbers',
  localeHint: (example: string) => `As in ${example}`,
  systemLocale: 'As the system writes them',
  notifications: 'Notifications',
  notificationsHint: 'What you hear of, and where. Nothing is shown of a card that you are looking at.',
  where: { inbox: 'Inbox', native: 'Desktop' },
  kinds: {
    needs_input: { title: 'Agents need you', hint: 'They ask, or cannot go on by themselves.' },
    finished: { title: 'Agents have finished', hint: 'Their work is ready for your review.' },
    failed: { title: 'Agents have failed', hint: 'A run ended with an error.' },
    mentioned: { title: 'Somebody mentions you', hint: 'With @ and your name, in a comment.' },
    due: { title: 'A card is due', hint: 'Yours or nobody’s, today or before.' },
  } satisfies Record<NotificationKind, { title: string; hint: string }>,
  quitting: 'Quitting',
  askBeforeQuit: 'Ask before quitting while agents work',
  askBeforeQuitHint: 'Agents stop with the app. Their finished steps are kept, and they can be resumed.',
  notify: (kind: string, where: string) => `${kind}: ${where}`,
} as const
