import type { RuleEffect } from '#shared/policy.ts'

/** Why a pattern cannot be one of a path, as a sentence; null: it can. */
export function pathPatternProblem(pattern: string): string | null {
  if (/^([\\/]|~|[A-Za-z]:)/.test(pattern) || pattern.split('/').includes('..')) {
    return 'A path is relative to the workspace, for example “src/**”. Nothing outside it can be allowed.'
  }
  return /[\n\r\0]/.test(pattern) ? 'A path is one line.' : null
}

/**
 * Whether the pattern is about this path of the workspace. `*` stands for anything within a part, `**` for any parts, a
 * trailing slash for all below. A refusal does not look at capitals: many disks do not either.
 */
export function matchesPath(pattern: string, path: string, effect: RuleEffect): boolean {
  const parts = pattern.replace(/^\.\//, '').replace(/\/$/, '/**').split('/')
  // A folder that is refused is refused with all that is in it.
  if (effect === 'deny' && parts.at(-1) !== '**') parts.push('**')
  return matchParts(
    parts.map((part) => partPattern(part, effect)),
    path.split('/'),
  )
}

/** Null: any number of parts. */
function partPattern(part: string, effect: RuleEffect): RegExp | null {
  if (part === '**') return null
  const source = part.split(/\*+/).map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${source.join('[^/]*')}$`, effect === 'deny' ? 'i' : '')
}

function matchParts(pattern: readonly (RegExp | null)[], parts: readonly string[]): boolean {
  let [p, at, star, from] = [0, 0, -1, 0]
  while (at < parts.length) {
    const wanted = pattern[p]
    if (wanted?.test(parts[at] ?? '')) {
      p += 1
      at += 1
    } else if (wanted === null) {
      star = p
      from = at
      p += 1
    } else if (star >= 0) {
      from += 1
      at = from
      p = star + 1
    } else return false
  }
  return pattern.slice(p).every((rest) => rest === null)
}
