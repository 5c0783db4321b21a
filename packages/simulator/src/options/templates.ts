/** What is known of a template; without any every id is accepted, and every variable streams. */
export interface CardTemplate {
  /** Variables whose component has streaming switched on. Others answer 500 `unknownError`, as the platform does. */
  readonly streams?: readonly string[]
  /** False: `param.templateUnpublished`. */
  readonly published?: boolean
}
