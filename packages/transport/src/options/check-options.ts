import * as v from 'valibot'
import { kindOf } from './kind-of.ts'
import { type Rules, rule } from './rules.ts'

/** Longest text that is shown, in characters: a longer one may be a secret. */
const LONGEST_SHOWN = 20

/**
 * Checks the options of a factory where they come in: a number that is none would else show much later, or never. Used
 * by plugins and middleware, too, for options of their own.
 *
 * Hint: a key that is nearly the name of an option (`timout`) is a mistake; one that is like none is let through.
 *
 * @throws TypeError that names the option, its value and the values it may have; or the key that was meant.
 * @example
 * interface QuizOptions {
 *   readonly rounds?: number | undefined
 * }
 * checkOptions<QuizOptions>('quiz', options, { rounds: rule.count(1) })
 */
export function checkOptions<O extends object>(factory: string, options: NoInfer<O>, rules: Rules<O>): void {
  const { issues } = v.safeParse(rule.group(rules), options, { abortEarly: true })
  if (!issues) return
  const [{ type, message, input }] = issues
  const path = v.getDotPath(issues[0])
  if (path === null) {
    throw new TypeError(`${factory}() takes one object of options, not ${kindOf(input)}. Write ${factory}({ … }).`)
  }
  if (type === 'raw_check') {
    const problem = `${factory}(): there is no option \`${path}\`, so it would have no effect.`
    throw new TypeError(`${problem} You mean \`${path.replace(/[^.]*$/, message)}\`.`)
  }
  const problem = `${factory}(): \`${path}\` is ${shown(input)}, but it has to be ${message}.`
  throw new TypeError(`${problem} Nothing has begun. Correct it, or leave it out where it has a default.`)
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value.length <= LONGEST_SHOWN ? JSON.stringify(value) : kindOf(value)
}
