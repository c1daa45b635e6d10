import { AppError } from '#shared/errors.ts'

/** The configuration is wrong; the message has one sentence a line, for all wrong values at once. */
export class ConfigError extends AppError {
  override readonly name = 'ConfigError'
  readonly problems: string[]
  constructor(problems: string[]) {
    super('SERVICE_UNAVAILABLE', { error: 'CONFIG_INVALID', message: problems.join('\n') })
    this.problems = problems
  }
}
