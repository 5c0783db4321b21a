/**
 * A template, and the names of its variables by their purpose.
 *
 * @example
 * const mine = { id: '66666666-7777-8888-9999-000000000000', variables: { markdown: 'body', logo: false } }
 * bot.use(cards({ templates: { markdown: mine } }))
 *
 * A name that the template does not have is no error on the platform: nothing is shown for it.
 */
export interface TemplateSettings<Name extends string> {
  /** `.schema` at its end is added where missing. */
  readonly id?: string | undefined
  /** The names of the variables in the template. `false`: the template has none for this, and nothing is sent. */
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
