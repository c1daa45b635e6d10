import type { BoardFileHead, FileColumn, FileTaskInput } from '#shared/board-file.ts'
import type { ClosedChoice } from '#shared/board-transfer.ts'
import { cutText } from '#shared/cut-text.ts'
import type { ImportNotes } from './import-notes.ts'
import { describeTrelloCard, type TrelloExtras, timeOf } from './trello-description.ts'
import { TrelloLabels } from './trello-labels.ts'
import {
  eachOf,
  TrelloAttachment,
  TrelloCard,
  TrelloChecklist,
  TrelloComment,
  type TrelloFile,
  TrelloList,
  TrelloMember,
  those,
} from './trello-schema.ts'

/** A Trello board as one of our own files. The cards come one by one, since they may be many. */
export interface TrelloBoard {
  head: BoardFileHead
  tasks: Iterable<FileTaskInput>
  closed: { columns: number; cards: number }
}

const TITLE = 255
const LONGEST_COMMENT = 10_000
const NO_LIST = 'without-list'
/** Trello exports no more of a board's history, and with it of its comments. */
const MOST_ACTIONS = 1000

/** Maps the file; what is cut or left out goes to the notes while the cards are taken. */
export function mapTrello(file: TrelloFile, closed: ClosedChoice, notes: ImportNotes): TrelloBoard {
  const lists = those(TrelloList, file.lists).sort(byPlace)
  const cards = file.cards.filter(isCard).sort(byPlace)
  notes.add('These lists could not be read.', [], file.lists.length - lists.length)
  notes.add('These cards could not be read.', [], file.cards.length - cards.length)
  const closedLists = new Set(lists.filter((list) => list.closed).map((list) => list.id))
  const isClosed = (card: RawCard) => card.closed === true || closedLists.has(String(card.idList))
  const isKept = (list: TrelloList) => !list.closed || closed === 'trash'
  const columns = lists.filter(isKept).map((list) => toColumn(list, notes))
  const labels = new TrelloLabels(file)
  const known = new Set(lists.map((list) => list.id))
  const homeless = cards.filter((card) => !known.has(String(card.idList)))
  if (homeless.length > 0) {
    const name = 'Without a list'
    columns.push(toColumn({ id: NO_LIST, name, closed: false, pos: 0, softLimit: null }, notes))
    notes.add(`Cards whose list is not in the file are in the column “${name}”.`, homeless.map(rawName))
  }
  tellClosed(lists, cards.filter(isClosed), closed, notes)
  notes.add('A board can have 500 labels; these were left out.', labels.leftOut)
  if (file.actions.length >= MOST_ACTIONS) {
    notes.add('Trello exports the last 1,000 actions only: older comments may be missing.', [], 1)
  }
  return {
    head: {
      board: toBoard(file, notes),
      columns,
      labels: labels.list(),
      transitions: [],
      links: [],
      views: [],
      templates: [],
    },
    tasks: mapCards(
      file,
      known,
      labels,
      cards.filter((card) => closed === 'trash' || !isClosed(card)),
      notes,
    ),
    closed: { columns: closedLists.size, cards: cards.filter(isClosed).length },
  }
}

function toBoard(file: TrelloFile, notes: ImportNotes): BoardFileHead['board'] {
  const name = cutText(file.name.trim(), TITLE) || 'Trello board'
  const description = cutText(file.desc.trim(), 1000) || null
  if (file.desc.trim().length > 1000)
    notes.add('The description of the board was cut to 1,000 characters.', [], 1)
  return { name, description, settings: {}, next_task_number: 1 }
}

function toColumn(list: TrelloList, notes: ImportNotes): FileColumn {
  const name = oneLine(list.name)
  if (name.length > TITLE) notes.add('Names of columns were cut to 255 characters.', [name])
  return {
    id: list.id,
    name: cutText(name, TITLE) || 'List',
    color: null,
    wip_limit: list.softLimit,
    triggers_agents: false,
    agent_workflow_type: null,
    is_start_column: false,
    is_review_column: false,
    is_end_column: false,
    ...(list.closed && { trashed: true }),
  }
}

function tellClosed(
  lists: readonly TrelloList[],
  cards: readonly RawCard[],
  closed: ClosedChoice,
  notes: ImportNotes,
): void {
  const went = closed === 'trash' ? 'are in the trash' : 'were left out'
  const names = lists.filter((list) => list.closed).map((list) => list.name)
  notes.add(`Archived lists ${went}.`, names)
  notes.add(`Archived cards ${went}, those of archived lists among them.`, cards.map(rawName))
}

function* mapCards(
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

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** A card as it came; there may be many, so each is read closely only when its turn comes. */
interface RawCard {
  id: string
  idList: unknown
  pos: unknown
  closed?: unknown
  name?: unknown
}

function isCard(raw: unknown): raw is RawCard {
  const id = at(raw, 'id')
  return typeof id === 'string' && id !== ''
}

function rawName(card: RawCard): string {
  return typeof card.name === 'string' ? oneLine(card.name) : ''
}

/** Map.groupBy, which the oldest runtime in use does not have. */
function groupBy(values: readonly unknown[], keyOf: (value: unknown) => unknown): Map<unknown, unknown[]> {
  const groups = new Map<unknown, unknown[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

function byPlace(a: { pos: unknown }, b: { pos: unknown }): number {
  return placeOf(a) - placeOf(b)
}

function placeOf({ pos }: { pos: unknown }): number {
  return typeof pos === 'number' && Number.isFinite(pos) ? pos : 0
}
