import { countChecklist } from '#shared/checklist.ts'
import { cutText } from '#shared/cut-text.ts'
import type { ListedTask } from '#shared/task-list.ts'
import type { ImportNotes } from './import-notes.ts'

/** What a listed task says on a card. */
export interface ListedCard {
  title: string
  description: string
  acceptance_criteria: string | null
  checklist_done: number
  checklist_total: number
  /** The name of the label that suggests who does it. */
  label: string | null
}

const LONGEST_TITLE = 255
const LONGEST_TEXT = 5000
const LONGEST_LABEL = 50

/** The texts of a card; what is longer than a card holds is cut, and noted. */
export function listedCard(task: ListedTask, notes: ImportNotes): ListedCard {
  const bounded = (text: string, what: string) => {
    if (text.length > LONGEST_TEXT) notes.add(`${what} longer than 5,000 characters were cut`, [task.task_id])
    return cutText(text, LONGEST_TEXT)
  }
  const description = bounded(descriptionOf(task), 'Descriptions')
  const criteria = criteriaOf(task)
  const acceptance = criteria === null ? null : bounded(criteria, 'Acceptance criteria')
  const { done, total } = countChecklist(description, acceptance)
  if (task.parallelizable === false)
    notes.add('“Not parallelizable” is not kept: cards wait only for those that block them', [task.task_id])
  const hint = oneLine(task.agent_type_hint ?? '')
  return {
    title: titleOf(task),
    description,
    acceptance_criteria: acceptance,
    checklist_done: done,
    checklist_total: total,
    label: hint === '' ? null : cutText(hint, LONGEST_LABEL),
  }
}

/** The id first, as the plan's other papers name it; then the title, or the first sentence of the description. */
export function titleOf({ task_id, title, description }: ListedTask): string {
  const plain = oneLine(title ?? '') || firstSentence(description)
  return cutText(`${oneLine(task_id)} ${plain}`, LONGEST_TITLE)
}

function firstSentence(text: string): string {
  const plain = oneLine(text.slice(0, 2000).replace(/[`*_#]/g, ''))
  const end = /[.!?](?=\s)/.exec(plain)?.index
  return end !== undefined && end >= 10 ? plain.slice(0, end) : plain.replace(/\.$/, '')
}

function descriptionOf(task: ListedTask): string {
  const iteration = [task.iteration_id, task.iteration_goal].filter(Boolean).join(': ')
  const parts = [
    task.description.trim(),
    section('Inputs', prose(task.inputs)),
    section('Deliverables', prose(task.deliverables)),
    section('Files to change', files(task.target_files)),
    section('Files to read', files(task.input_files)),
    section('Iteration', oneLine(iteration)),
  ]
  return parts.filter(Boolean).join('\n\n')
}

function section(name: string, text: string): string {
  return text === '' ? '' : `**${name}**\n\n${text}`
}

function prose(value: ListedTask['inputs']): string {
  if (Array.isArray(value)) return listed(value.map(oneLine))
  return (value ?? '').trim()
}

function files(value: ListedTask['target_files']): string {
  const names = Array.isArray(value) ? value : (value ?? '').split(/[,;\n]/)
  return listed(names.map((name) => (oneLine(name) === '' ? '' : `\`${oneLine(name).replaceAll('`', '')}\``)))
}

/** Task lists of the seed part the criteria with semicolons. */
function criteriaOf({ acceptance_criteria: value, done }: ListedTask): string | null {
  const parts = Array.isArray(value) ? value : (value ?? '').split(/;\s+|\n/)
  const mark = done ? 'x' : ' '
  const items = parts
    .map((part) => oneLine(part.replace(/^\s*(?:[-*+]\s+)?(?:\[[ xX]\]\s+)?/, '')).replace(/;$/, ''))
    .filter(Boolean)
  return items.length === 0 ? null : items.map((item) => `- [${mark}] ${item}`).join('\n')
}

function listed(items: readonly string[]): string {
  return items
    .filter(Boolean)
    .map((item) => `- ${item}`)
    .join('\n')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
