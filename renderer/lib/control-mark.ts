/** What tells a control again after its page was drawn anew. */
export interface ControlMark {
  selector: string
  name: string
  /** Of those of the same selector and name. */
  nth: number
}

/** Of what has the focus; null where nothing has that could be told again. */
export function markOf(element: Element | null): ControlMark | null {
  if (!(element instanceof HTMLElement) || element === document.body) return null
  const selector = selectorOf(element)
  const name = nameOf(element)
  return { selector, name, nth: alike({ selector, name }).indexOf(element) }
}

/** The control as it is drawn now; null: it is not. */
export function findMarked(mark: ControlMark): HTMLElement | null {
  return alike(mark)[mark.nth] ?? null
}

function alike({ selector, name }: Pick<ControlMark, 'selector' | 'name'>): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => nameOf(one) === name)
}

/** A card stays the same card when it is called something else, and a link leads where it leads. */
function selectorOf(element: HTMLElement): string {
  const { taskId } = element.dataset
  if (taskId) return `[data-task-id="${CSS.escape(taskId)}"]`
  const tag = element.tagName.toLowerCase()
  const href = element.getAttribute('href')
  return href === null ? tag : `${tag}[href="${CSS.escape(href)}"]`
}

function nameOf(element: HTMLElement): string {
  if (element.dataset.taskId || element.hasAttribute('href')) return ''
  const label = 'labels' in element ? (element as HTMLInputElement).labels?.[0] : null
  return (element.getAttribute('aria-label') ?? (label ?? element).textContent ?? '').trim().slice(0, 200)
}
