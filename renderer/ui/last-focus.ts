let last: HTMLElement | null = null

/** What is chosen in a menu is gone with the menu: what had the focus before it is what matters. */
const isInMenu = (element: EventTarget | null) =>
  element instanceof Element && element.closest('[role="menu"]')

if (typeof document !== 'undefined') {
  document.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement && !isInMenu(target)) last = target
  })
  // Pressed somewhere else, the person is done with it. What is taken away while it has the focus tells nothing.
  document.addEventListener('focusout', ({ target, relatedTarget }) => {
    if (relatedTarget === null && !isInMenu(target)) last = null
  })
}

/** What has the focus, or had it before a menu that has just closed; null: nothing has. */
export function lastFocus(): HTMLElement | null {
  const { activeElement } = document
  const isNone = activeElement === null || activeElement === document.body || isInMenu(activeElement)
  return isNone ? last : activeElement instanceof HTMLElement ? activeElement : null
}
