/** The one platform with other keys: ⌘ where the others have Ctrl. */
export const isMac = typeof navigator !== 'undefined' && navigator.platform.startsWith('Mac')
