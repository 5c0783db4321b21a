/**
 * A card template that exists, for the option `templates`. Without that option every id is accepted, and every variable
 * streams.
 *
 * @example
 * await createSimulator({ templates: { 'hello.schema': { streams: ['content'] } } })
 */
export interface CardTemplate {
  /** Variables whose component has streaming switched on. Others answer 500 `unknownError`, as the platform does. */
  readonly streams?: readonly string[]
  /** False: `param.templateUnpublished`. */
  readonly published?: boolean
}
