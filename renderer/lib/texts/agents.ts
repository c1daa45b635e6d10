import { formatCount, formatWhole, plural } from '../format.ts'

export const AGENTS = {
  title: 'Agents',
  link: (running: number, waiting: number) =>
    running + waiting === 0
      ? 'Agents'
      : `Agents, ${running} at work${waiting > 0 ? `, ${waiting} wait for you` : ''}`,
  summary: (running: number, queued: number) =>
    `${formatWhole(running)} at work${queued > 0 ? `, ${formatWhole(queued)} in the queue` : ''}`,
  groups: {
    waiting: 'Waits for you',
    working: 'At work',
    paused: 'Paused',
    queued: 'Queue',
  },
  emptyTitle: 'No agent is at work',
  emptyText:
    'Run a card, or drag it to a column that starts agents. Whatever runs, on any board, is seen here: what it does, how long, and at what cost.',
  toBoards: 'Go to the boards',
  notRead: 'The running agents could not be read',
  loading: 'Loading the running agents',
  round: (iteration: number, of: number) => `Round ${iteration} of ${of}`,
  since: (time: string) => `${time} so far`,
  waits: (time: string) => `Waiting for ${time}`,
  waitsForYou: (card: string) => `${card} waits for you.`,
  hasQuestions: 'Its agents have questions.',
  waitInAll: (count: number) => `${count} wait in all.`,
  toApprovals: (keys: string) => `${keys} leads to the approvals.`,
  toAgents: (keys: string) => `${keys} leads to the agents.`,
  place: (place: number) => (place === 1 ? 'Next in the queue' : `Place ${place} in the queue`),
  next: 'Starts when there is room.',
  cancel: 'Cancel',
  cancelling: 'Stopping…',
  cancelled: (key: string) => `The agents on ${key} were stopped`,
  notCancelled: 'The agents were not stopped',
  pause: 'Pause',
  resume: 'Resume',
  notPaused: 'The agents go on: they could not be paused',
  notResumed: 'The agents did not go on',
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  paused: (count: number) => `${plural(count, 'run was', 'runs were')} paused`,
  resumed: (count: number) => `${plural(count, 'run goes', 'runs go')} on`,
  demo: 'Demo agent',
  tok: (tokens: number) => `${formatCount(tokens)} tok`,
} as const
