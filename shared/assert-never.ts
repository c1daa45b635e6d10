/** Ends a switch on a union: the compiler refuses it as soon as a member is not handled. */
export function assertNever(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`)
}
