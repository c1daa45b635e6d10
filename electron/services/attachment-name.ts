const LONGEST_BYTES = 200

/** Separators, what Windows forbids, control characters, and those that turn the direction of a text around. */
const FORBIDDEN = /[/\\<>:"|?*\p{Cc}\p{Cs}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]/gu
/** Names of devices on Windows, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** What a person calls a file, as a name that is a plain file's on every system: never a path, never empty. */
export function attachmentName(given: string): string {
  const last = given.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? ''
  const clean = last
    .normalize('NFC')
    .replace(FORBIDDEN, '_')
    .replace(/^[\s.]+|[\s.]+$/gu, '')
  const name = DEVICE.test(clean) ? `_${clean}` : clean
  return shortened(name) || 'file'
}

/** Without breaking a character, and with its ending. */
function shortened(name: string): string {
  if (byteLength(name) <= LONGEST_BYTES) return name
  const ending = /\.[^.\s]{1,16}$/u.exec(name)?.[0] ?? ''
  const room = LONGEST_BYTES - byteLength(ending)
  let stem = ''
  for (const character of name.slice(0, name.length - ending.length)) {
    if (byteLength(stem + character) > room) break
    stem += character
  }
  return stem.trimEnd() + ending
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length
}

/** What the system would run, not show, when it is opened. */
const PROGRAMS = new Set(
  (
    'app application appref-ms bat bin cmd com command cpl csh deb desktop dll dmg exe gadget hta inf inetloc ' +
    'ins iso jar js jse jnlp ksh lnk mobileconfig msc msi msix msp mst out osx pif pkg pl prg ps1 psm1 py pyw rb reg ' +
    'rpm run scf scpt scr settingcontent-ms sh shb sys terminal tool url vb vbe vbs vbscript webloc workflow ws wsf ' +
    'wsh appimage apk bash zsh docm dotm xlsm xltm pptm potm chm xpi crx htm html xhtml mht mhtml svg'
  ).split(' '),
)

export function mayRun(name: string): boolean {
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.trim().toLowerCase()
  return ending === undefined || PROGRAMS.has(ending)
}
