import { navigate, parseRoute } from '../../lib/route.ts'
import { SETTINGS_SECTIONS, type SettingsSection, settingsSection } from '../../lib/settings-sections.ts'

export const [FIRST_SECTION] = SETTINGS_SECTIONS
/** A section counts as begun once its head is so far below the upper edge, in CSS pixels. */
const BEGUN = 96
const AT_END = 2
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'] as const

/**
 * Tells which section of a list is looked at, until the answer is called. The address leads to one, which stays at the
 * upper edge and is the current one until the person moves, also where it is too near to the end to get there; from then
 * on the address follows what is seen.
 */
export function followSections(
  list: HTMLElement,
  first: SettingsSection | null,
  onCurrent: (section: SettingsSection) => void,
): () => void {
  const page = list.closest('main') ?? list
  const end = new AbortController()
  let current = first ?? FIRST_SECTION
  let head: HTMLElement | null = null
  let isHeld = false
  let isOwn = false

  const note = (section: SettingsSection) => {
    current = section
    onCurrent(section)
  }
  const show = (section: SettingsSection) => {
    note(section)
    markLanding(head, false)
    head = headOf(list, section)
    markLanding(head, true)
    isHeld = true
    head?.focus({ preventScroll: true })
    align()
  }
  // What stands above it is read a moment later: it stays in its place.
  const align = () => {
    if (isHeld && head === document.activeElement) head?.closest('[data-section]')?.scrollIntoView()
  }
  const showTop = () => {
    note(FIRST_SECTION)
    markLanding(head, false)
    isHeld = false
    page.scrollTo({ top: 0 })
  }
  const arrive = () => {
    const route = parseRoute(location.hash)
    if (isOwn || route.page !== 'settings') return
    if (route.section === null) showTop()
    else show(route.section)
  }
  const follow = () => {
    const seen = isHeld ? current : seenIn(page, list)
    if (seen === current) return
    note(seen)
    isOwn = true
    navigate({ page: 'settings', section: seen === FIRST_SECTION ? null : seen }, { replace: true })
    isOwn = false
  }
  const release = () => {
    isHeld = false
  }

  const { signal } = end
  const observer = new ResizeObserver(align)
  observer.observe(list)
  // Links and the way back are told by the first, the app's own ways by the second.
  addEventListener('popstate', arrive, { signal })
  addEventListener('hashchange', (event) => event.isTrusted || arrive(), { signal })
  page.addEventListener('scroll', follow, { signal, passive: true })
  for (const type of BY_HAND) page.addEventListener(type, release, { signal, capture: true, passive: true })
  if (first !== null) show(first)
  return () => {
    end.abort()
    observer.disconnect()
  }
}

/** It is read out as one arrives; who comes back gets what had the focus then instead: see useBackFocus. */
function headOf(list: HTMLElement, section: SettingsSection): HTMLElement | null {
  const head = list.querySelector<HTMLElement>(`[data-section="${section}"] h2`)
  if (head) head.tabIndex = -1
  return head
}

function markLanding(head: HTMLElement | null, isOne: boolean): void {
  head?.toggleAttribute('data-landing', isOne)
}

function seenIn(page: HTMLElement, list: HTMLElement): SettingsSection {
  const all = [...list.querySelectorAll<HTMLElement>('[data-section]')]
  const { top } = page.getBoundingClientRect()
  const isAtEnd = page.scrollTop > 0 && page.scrollHeight - page.scrollTop - page.clientHeight <= AT_END
  const begun = all.filter((part) => part.getBoundingClientRect().top <= top + BEGUN)
  const seen = isAtEnd ? all.at(-1) : begun.at(-1)
  return settingsSection(seen?.dataset.section) ?? FIRST_SECTION
}
