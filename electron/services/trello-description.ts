import { cutText } from '#shared/cut-text.ts'
import type { TrelloAttachment, TrelloChecklist } from './trello-schema.ts'

/** What a card of Trello has besides its description, each with a section of its own below it. */
export interface TrelloExtras {
  /** When the title had to be cut. */
  wholeTitle: string | null
  start: Date | null
  due: Date | null
  dueComplete: boolean
  /** Further people than the one to whom it is assigned. */
  others: readonly string[]
  checklists: readonly TrelloChecklist[]
  attachments: readonly TrelloAttachment[]
}

const LONGEST = 5000

/** The description with all that the board has no place of its own for, as Markdown; cut with a notice where it is too long. */
export function describeTrelloCard(
  desc: string,
  extras: TrelloExtras,
): { text: string | null; isCut: boolean } {
  const sections = [
    extras.wholeTitle ?? '',
    desc.trim(),
    facts(extras),
    ...extras.checklists.map(checklist),
    attachments(extras.attachments),
  ]
  const text = sections.filter((section) => section !== '').join('\n\n')
  if (text.length <= LONGEST) return { text: text === '' ? null : text, isCut: false }
  const notice = `\n\n*Cut on import: ${text.length.toLocaleString('en')} characters in Trello, of which 5,000 fit here.*`
  return { text: cutText(text, LONGEST - notice.length) + notice, isCut: true }
}

function facts({ start, due, dueComplete, others }: TrelloExtras): string {
  const lines = [
    start ? `**Start:** ${minute(start)}` : '',
    due ? `**Due:** ${minute(due)}${dueComplete ? ', done' : ''}` : '',
    others.length > 0 ? `**Also assigned to:** ${others.map(oneLine).join(', ')}` : '',
  ]
  return lines.filter((line) => line !== '').join('  \n')
}

function checklist({ name, checkItems }: TrelloChecklist): string {
  const items = checkItems
    .toSorted((a, b) => a.pos - b.pos)
    .map((item) => `- [${item.state === 'complete' ? 'x' : ' '}] ${oneLine(item.name)}`)
  return [`**${oneLine(name) || 'Checklist'}**\n`, ...items].join('\n')
}

function attachments(all: readonly TrelloAttachment[]): string {
  if (all.length === 0) return ''
  return ['**Attachments**\n', ...all.map((each) => `- ${link(each)}`)].join('\n')
}

function link({ name, url }: TrelloAttachment): string {
  const label = oneLine(name || url).replace(/[[\]\\]/g, '\\$&')
  return /^https?:\/\/[^\s<>]+$/i.test(url) ? `[${label}](<${url}>)` : label
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** 2025-01-31 12:00 UTC: the file does not say where it was written. */
function minute(time: Date): string {
  return `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

/** Null when there is no time, or none that a board may have. */
export function timeOf(text: string | null): Date | null {
  const time = new Date(text ?? '')
  const isUsual = time.getTime() >= 0 && time.getTime() < Date.UTC(10_000, 0)
  return isUsual ? time : null
}
