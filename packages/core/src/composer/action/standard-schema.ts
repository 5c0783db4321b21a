/**
 * What schema libraries have in common (standardschema.dev): valibot, zod, arktype and others. Only types, copied as the
 * specification invites to, so that nothing is installed for it.
 */
export interface StandardSchemaV1<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardIssue[] }

export interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What is wrong, as one line: `items.0.name: expected text; …`. */
export function problemsOf(issues: readonly StandardIssue[], whole = 'the data'): string {
  return issues.map(issue => `${pathOf(issue) || whole}: ${issue.message}`).join('; ')
}

/** Where an issue is, as `items.0.name`. */
function pathOf({ path = [] }: StandardIssue): string {
  return path.map(part => String(typeof part === 'object' ? part.key : part)).join('.')
}
