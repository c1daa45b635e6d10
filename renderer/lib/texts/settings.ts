import { formatBytes, formatDuration, plural } from '../format.ts'

export const SETTINGS = {
  database: 'Database',
  boardsCards: 'Boards, cards and what agents did are kept here.',
  readingAboutDatabase: 'Reading about the database',
  databaseCouldNotRead: 'The database could not be read',
  embeddedPostgresql: 'Embedded PostgreSQL',
  postgresql: 'PostgreSQL',
  upDate: 'Up to date',
  migrationApply: (pending: number) => `${plural(pending, 'migration')} to apply`,
  onSchemaNoneBoardCard: (
    host: string | null,
    name: string,
    count: number,
    revision: string | null,
    boards: number,
    cards: number,
  ) =>
    `${host === null ? name : `${name} on ${host}`} · ${formatBytes(count)} · schema ${revision ?? 'none'} · ${plural(boards, 'board')}, ${plural(cards, 'card')}`,
  connectionAtWork: (total: number, count: number) => `${plural(total, 'connection')}, ${count} at work`,
  callWaitingForOne: (waiting: number) => `, ${plural(waiting, 'call')} waiting for one`,
  dataOlderPostgresql: 'Data of an older PostgreSQL',
  theyBroughtOver: (version: string, folder: string) =>
    `They were brought over to ${version}, and are kept as they were in ${folder}. Remove that folder when you are content.`,
  inOrder: 'In order',
  ready: 'Ready',
  serverSchemaDataFolder: 'Server, schema, data folder and git are in order.',
  notInOrder: 'Not in order',
  you: 'You',
  yourName: 'Your name',
  othersSeeOnShared: 'Others see it on shared boards and in the activity.',
  nameYourAccount: 'The name of your account',
  settings: 'Settings',
  system: 'System',
  checkAgain: 'Check again',
  checkingSystem: 'Checking the system',
  systemCouldNotChecked: 'The system could not be checked',
  warning: 'Warning',
  missing: 'Missing',
  health: 'Health',
  healthyNotHealthy: (ok: boolean, database: string, uptime: number) =>
    `${ok ? 'Healthy' : 'Not healthy'}, with the database ${database}, running for ${formatDuration(uptime * 1_000)}.`,
} as const
