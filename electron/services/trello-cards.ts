import type { FileTaskInput } from '#shared/board-file.ts'
import { cutText } from '#shared/cut-text.ts'
import type { ImportNotes } from './import-notes.ts'
import { describeTrelloCard, type TrelloExtras, timeOf } from './trello-description.ts'
import type { TrelloLabels } from './trello-labels.ts'
import { at, byPlace, groupBy, oneLine, type RawCard } from './trello-raw.ts'
import {
  eachOf,
  TrelloAttachment,
  TrelloCard,
  TrelloChecklist,
  TrelloComment,
  type TrelloFile,
  TrelloMember,
  those,
} from './trello-schema.ts'

/** The column of cards whose list is not in the file. */
export const NO_LIST = 'without-list'
const TITLE = 255
const LONGEST_COMMENT = 10_000

/** The cards as ours, one by one, since there may be many; what is cut or left out goes to the notes meanwhile. */
export function* mapTrelloCards(
  file: TrelloFile,
  lists: ReadonlySet<string>,
  labels: TrelloLabels,
  cards: readonly RawCard[],
  notes: ImportNotes,
): Generator<FileTaskInput> {
  const people = new Map(those(TrelloMember, file.members).map((member) => [member.id, member]))
  const checklists = groupBy(file.checklists, (raw) => at(raw, 'idCard'))
  const actions = groupBy(file.actions, (raw) => at(at(at(raw, 'data'), 'card'), 'id'))
  const numbers = new Set<number>()
  for (const card of eachOf(TrelloCard, cards)) {
    const [first, ...others] = card.idMembers.map((id) => people.get(id)).filter((one) => one !== undefined)
    const texts = textsOf(card, notes, {
      others: others.map(nameOf),
      checklists: those(TrelloChecklist, checklists.get(card.id) ?? []).sort(byPlace),
    })
    yield {
      ...texts,
      labels: labels.of(card),
      comments: commentsOf(those(TrelloComment, actions.get(card.id) ?? []), texts.title, notes),
      due_date: timeOf(card.due)?.toISOString().slice(0, 10) ?? null,
      ...timesOf(card),
      ...freshNumber(card, numbers),
      column: lists.has(card.idList) ? card.idList : NO_LIST,
      assigned_to: first ? cutText(nameOf(first), 100) || null : null,
      status: 'open',
      priority: null,
      ...(card.closed && { trashed: true }),
    }
  }
}

/** Title and description, with a note for each thing that did not fit or could not come along. */
function textsOf(
  card: TrelloCard,
  notes: ImportNotes,
  more: Pick<TrelloExtras, 'others' | 'checklists'>,
): Pick<FileTaskInput, 'title' | 'description'> {
  const title = titleOf(card, notes)
  const attachments = those(TrelloAttachment, card.attachments)
  const description = describeTrelloCard(card.desc, {
    ...more,
    wholeTitle: title.whole,
    start: timeOf(card.start),
    due: timeOf(card.due),
    dueComplete: card.dueComplete,
    attachments,
  })
  if (description.isCut) notes.add('Descriptions were cut to 5,000 characters.', [title.text])
  if (attachments.some((one) => one.isUpload)) {
    notes.add('Attached files stay with Trello; the cards hold links to them.', [title.text])
  }
  if (card.customFieldItems.length > 0) notes.add('Custom fields were left out.', [title.text])
  return { title: title.text, description: description.text }
}

function commentsOf(
  all: readonly TrelloComment[],
  title: string,
  notes: ImportNotes,
): FileTaskInput['comments'] {
  return all
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .filter((comment) => comment.data.text.trim() !== '')
    .map(({ date, memberCreator: { fullName, username }, data }) => {
      const body = data.text.trim()
      if (body.length > LONGEST_COMMENT) notes.add('Comments were cut to 10,000 characters.', [title])
      const at = timeOf(date)
      return {
        author_id: username === '' ? '' : cutText(`trello:${username}`, 100),
        author_name: cutText(oneLine(fullName || username), 255) || 'Somebody',
        body: cutText(body, LONGEST_COMMENT),
        ...(at && { created_at: at.toISOString() }),
      }
    })
}

/** Trello's number of the card, once. */
function freshNumber({ idShort }: TrelloCard, used: Set<number>): Pick<FileTaskInput, 'number'> {
  if (idShort === null || used.has(idShort)) return {}
  used.add(idShort)
  return { number: idShort }
}

function timesOf(card: TrelloCard): Pick<FileTaskInput, 'created_at' | 'updated_at'> {
  const created = createdAt(card.id)
  const updated = timeOf(card.dateLastActivity) ?? created
  return {
    ...(created && { created_at: created.toISOString() }),
    ...(updated && { updated_at: updated.toISOString() }),
  }
}

function titleOf(card: TrelloCard, notes: ImportNotes): { text: string; whole: string | null } {
  const whole = oneLine(card.name)
  if (whole === '') {
    notes.add('Cards without a title are called “Untitled”.', ['Untitled'])
    return { text: 'Untitled', whole: null }
  }
  const text = cutText(whole, TITLE)
  if (text === whole) return { text, whole: null }
  notes.add('Titles were cut to 255 characters; the whole title begins the description.', [text])
  return { text, whole }
}

function nameOf({ fullName, username }: TrelloMember): string {
  return oneLine(fullName || username)
}

/** Trello's ids begin with the second in which they were made. */
function createdAt(id: string): Date | null {
  const seconds = /^[0-9a-f]{24}$/i.test(id) ? Number.parseInt(id.slice(0, 8), 16) : Number.NaN
  return Number.isNaN(seconds) ? null : timeOf(new Date(seconds * 1000).toISOString())
}
