const FIELDS = 'input, textarea, select, [contenteditable="true"], dialog, [role="menu"], [role="tablist"]'

/** Whether a key press belongs to a field, a menu or a dialog, and is no shortcut of the page. */
export function isTyping(event: KeyboardEvent): boolean {
  return event.target instanceof Element && event.target.closest(FIELDS) !== null
}
