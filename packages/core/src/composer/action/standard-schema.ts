/**
 * Common interface of schema libraries such as valibot, zod and arktype (standardschema.dev). Types only, copied as the
 * specification suggests, so that no package has to be installed.
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  /** Properties of the standard. */
  readonly '~standard': {
    /** Version of the standard. */
    readonly version: 1
    /** Name of the library. */
    readonly vendor: string
    /** Validates a value. */
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    /** Input and output types; not present at run time. */
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** Result of a validation: a value, or issues. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

/** Problem found by a validation. */
export interface StandardIssue {
  /** Description of the problem. */
  readonly message: string
  /** Path to the invalid field. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * Formats validation issues as one line, for logs and messages: `items.0.name: expected text; …`.
 *
 * @param whole subject of an issue without a path; default `the data`
 * @example
 * onInvalid: (ctx, issues) => ctx.log.warn(problemsOf(issues))
 */
export function problemsOf(issues: readonly StandardIssue[], whole = 'the data'): string {
  return issues.map(issue => `${pathOf(issue) || whole}: ${issue.message}`).join('; ')
}

/** Path of an issue, such as `items.0.name`. */
function pathOf({ path = [] }: StandardIssue): string {
  return path.map(part => String(typeof part === 'object' ? part.key : part)).join('.')
}
