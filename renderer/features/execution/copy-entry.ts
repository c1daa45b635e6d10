import type { ExecutionId } from '#shared/ids.ts'
import { copyText } from '../../lib/copy-text.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import type { TranscriptItem } from './transcript-item.ts'

const AT_ONCE = 8

/** Puts a row of the transcript on the clipboard, with all that its tool has printed. */
export async function copyEntry(id: ExecutionId, item: TranscriptItem): Promise<void> {
  try {
    const printed = item.kind === 'tool' && item.printed ? await readPrinted(id, item.entry) : null
    copyText(entryText(item, printed), texts.execution.copied)
  } catch (error) {
    showToast({ tone: 'bad', title: texts.errors.notCopied, text: errorText(error) })
  }
}

/** What a row says, as plain text; empty: there is nothing to copy. */
export function entryText(item: TranscriptItem, printed: string | null = null): string {
  switch (item.kind) {
    case 'text':
    case 'notice':
      return item.text
    case 'tool':
      return [item.title || item.name, item.diff, printed ?? item.output].filter(Boolean).join('\n')
    case 'plan':
      return item.entries
        .map(({ text, status }) => `- [${status === 'completed' ? 'x' : ' '}] ${text}`)
        .join('\n')
    case 'verdict':
      return [
        item.verdict.summary,
        ...item.verdict.findings.map(
          ({ severity, file, line, finding, suggestion }) =>
            `- ${severity}${file ? ` ${file}${line === null ? '' : `:${line}`}` : ''}: ${finding}${suggestion ? `\n  ${suggestion}` : ''}`,
        ),
      ].join('\n')
    case 'commit':
      return `${item.commit} ${item.message}`
    case 'status':
      return item.message ?? ''
    default:
      return ''
  }
}

async function readPrinted(id: ExecutionId, entry: number): Promise<string> {
  const { pieces } = await api.executions.outputOutline.query({ id, entry })
  const texts: string[] = []
  for (let at = 0; at < pieces.length; at += AT_ONCE) {
    const sequences = pieces.slice(at, at + AT_ONCE).map((piece) => piece.sequence)
    texts.push(...(await api.executions.output.query({ id, sequences })).map((piece) => piece.text))
  }
  return texts.join('')
}
