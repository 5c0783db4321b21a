import * as v from 'valibot'
import { LONGEST_TIMER } from '../utils/longest-timer.ts'
import { nearest } from './nearest.ts'

/**
 * Values that an option may have, as a valibot schema. One that is left out has its default; the message of an issue
 * says what is expected. Made by {@link rule}.
 */
export type Rule = v.GenericSchema

/** Rule for each option of `O`, by name: a new option without one does not compile. */
export type Rules<O> = { readonly [K in keyof O]-?: Rule }

/** Rules to choose from, one for each kind of option. Each lets `undefined` through, but `neededCallback`. */
export interface RuleKit {
  /** A string. */
  readonly text: Rule
  /** `true` or `false`. */
  readonly flag: Rule
  /** A function. */
  readonly callback: Rule
  /** A function that there is no default for. */
  readonly neededCallback: Rule
  /** A list of strings. */
  readonly texts: Rule
  /** An object of any kind. */
  readonly object: Rule
  /** Anything: the value is checked elsewhere. */
  readonly any: Rule
  /** One of these strings. */
  readonly oneOf: (...values: readonly string[]) => Rule
  /** An object with methods, such as a logger. */
  readonly methods: (...names: readonly string[]) => Rule
  /** A whole number, from `min` to `max`. */
  readonly count: (min: number, max?: number) => Rule
  /** A whole number from `min` on, or `Infinity` where there is to be no limit. */
  readonly limit: (min: number) => Rule
  /** Calls in a time: above 0, in parts or without limit. */
  readonly rate: Rule
  /** Milliseconds that a timer of Node can hold (up to 24 days), from `min` on. */
  readonly timer: (min: number) => Rule
  /** Milliseconds, as many as one likes. */
  readonly span: Rule
  /**
   * Options within options. A key that is nearly one of theirs is a mistake; other strangers may have their reasons.
   */
  readonly group: <O>(rules: Rules<O>) => Rule
  /** The rule, or `false` for none of it. */
  readonly orFalse: (rule: Rule) => Rule
}

function number(fits: (value: number) => boolean, expected: string): Rule {
  return v.optional(v.pipe(v.number(expected), v.check(fits, expected)))
}

function object(fits: (value: object) => boolean, expected: string): Rule {
  return v.optional(v.custom<object>(value => typeof value === 'object' && value !== null && fits(value), expected))
}

/**
 * Kit of rules for {@link checkOptions}.
 *
 * @example
 * checkOptions<QuizOptions>('quiz', options, { rounds: rule.count(1), level: rule.oneOf('easy', 'hard') })
 */
export const rule: RuleKit = {
  text: v.optional(v.string('a text')),
  flag: v.optional(v.boolean('true or false')),
  callback: v.optional(v.function('a function')),
  neededCallback: v.function('a function'),
  texts: v.optional(v.array(v.string('a text'), 'a list of texts')),
  object: object(() => true, 'an object'),
  any: v.optional(v.unknown()),
  oneOf: (...values) => v.optional(v.picklist(values, values.map(value => JSON.stringify(value)).join(' or '))),
  methods: (...names) =>
    object(
      value => names.every(name => typeof Reflect.get(value, name) === 'function'),
      `an object with the methods ${names.join(', ')}`,
    ),
  count: (min, max = Number.MAX_SAFE_INTEGER) =>
    number(
      value => Number.isInteger(value) && value >= min && value <= max,
      max === Number.MAX_SAFE_INTEGER ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`,
    ),
  limit: min =>
    number(
      value => value >= min && (Number.isInteger(value) || value === Number.POSITIVE_INFINITY),
      `a whole number, at least ${min}, or Infinity`,
    ),
  rate: number(value => value > 0, 'a number above 0'),
  timer: min =>
    number(
      value => value >= min && value <= LONGEST_TIMER,
      `a number of milliseconds from ${min} to ${LONGEST_TIMER} (what a timer can hold)`,
    ),
  span: number(value => value >= 0, 'a number of milliseconds, at least 0'),
  group: rules =>
    v.optional(
      v.pipe(
        v.looseObject(rules, 'an object of options'),
        v.rawCheck(({ dataset: { value }, addIssue }) => {
          for (const key of Object.keys(Object(value))) {
            const meant = nearest(key, Object.keys(rules))
            if (meant === undefined) continue
            const path = [{ type: 'object', origin: 'key', input: Object(value), key, value: undefined }] as const
            addIssue({ message: meant, input: key, path: [...path] })
          }
        }),
      ),
    ),
  // Not a union: its issues would say less than those of the rule.
  orFalse: given => v.optional(v.lazy(value => (value === false ? v.literal(false) : given))),
}
