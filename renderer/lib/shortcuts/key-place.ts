const FIELDS = 'input, textarea, select, [contenteditable="true"]'
const OWN_KEYS = '[role="menu"], [role="listbox"]'
const CONTROLS =
  'button, a[href], summary, [role="tab"], [role="slider"], [role="separator"], [role="option"], [role="menuitem"]'

/** Where a key was pressed, which says what it may mean. */
export interface KeyPlace {
  isInField: boolean
  /** In a menu or a list that is walked by keys: letters and arrows are its own. */
  isInMenu: boolean
  /** On a button, link, tab or the like, which Enter, Space and arrows belong to. */
  isOnControl: boolean
  /** A modal dialog is open: nothing below it can be used. */
  isInDialog: boolean
}

/** A control that takes no text: letters are free on it. */
const NO_TEXT = 'input:is([type="checkbox"], [type="radio"], [type="range"], [type="button"])'

export function keyPlace(event: KeyboardEvent): KeyPlace {
  const target = event.target instanceof Element ? event.target : null
  const isNoText = target?.matches(NO_TEXT) ?? false
  return {
    isInField: !isNoText && target?.closest(FIELDS) != null,
    isInMenu: target?.closest(OWN_KEYS) != null,
    isOnControl: isNoText || target?.closest(CONTROLS) != null,
    isInDialog: document.querySelector('dialog:modal') !== null,
  }
}

const CONTROL_KEYS = /^(Enter|Space|Arrow\w+|Home|End|PageUp|PageDown|Tab)$/

/** Whether the press belongs to the control that has the focus. */
export function isControlKey(stroke: string): boolean {
  return CONTROL_KEYS.test(stroke)
}
