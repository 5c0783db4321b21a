/**
 * The texts that questions write on buttons, and show as their outcome. Default: Chinese ones.
 *
 * @example
 * await ctx.confirm('Restart **web-1**?', { texts: { yes: 'Restart', no: 'Cancel', confirmed: '✅ Restarting' } })
 *
 * `confirmed`, `declined`, `submitted` and `cancelled` get the name of the person behind them, where it is known.
 */
export interface QuestionTexts {
  readonly yes: string
  readonly no: string
  readonly confirmed: string
  readonly declined: string
  /** Before what was chosen. */
  readonly chosen: string
  readonly submitted: string
  readonly cancelled: string
  /** Nobody answered in time. */
  readonly expired: string
  /** The bot stopped, or took the question back. */
  readonly withdrawn: string
  /** For those who may not answer. */
  readonly denied: string
  /** Nobody waits for the answer any more, as after a restart of the bot. */
  readonly lost: string
  /** Before what is wrong with a form. */
  readonly invalid: string
}

const DEFAULTS: QuestionTexts = {
  yes: '确认',
  no: '取消',
  confirmed: '✅ 已确认',
  declined: '🚫 已取消',
  chosen: '✅ 已选择：',
  submitted: '✅ 已提交',
  cancelled: '🚫 已取消',
  expired: '⌛ 已超时，无人答复',
  withdrawn: '⏹ 已撤回',
  denied: '这不是向你提出的问题',
  lost: '已无法处理，请重新发起',
  invalid: '⚠️ 请修改：',
}

export function textsOf(texts: Partial<QuestionTexts> = {}): QuestionTexts {
  return { ...DEFAULTS, ...texts }
}

/** An outcome, and by whom it came about where that is known. */
export function withName(text: string, nick: string | undefined): string {
  return nick === undefined ? text : `${text}（${nick}）`
}
