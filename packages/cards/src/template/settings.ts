/** A template, and the names of its variables by what they are for. */
export interface TemplateSettings<Name extends string> {
  /** `.schema` at its end is added where missing. */
  readonly id?: string | undefined
  /** What a variable is called in the template. `false`: the template has none for this, and nothing is sent. */
  readonly variables?: { readonly [N in Name]?: string | false | undefined } | undefined
  /**
   * Which of these the template marks as private, so that they can be said to one person alone. Default: none, as of the
   * public templates; what is for one person is then said by a message.
   */
  readonly private?: readonly Name[] | undefined
}

/** A template with everything decided. */
export interface Template<Name extends string = string> {
  readonly id: string
  readonly variables: Readonly<Record<Name, string | false>>
  readonly private?: readonly Name[] | undefined
}
