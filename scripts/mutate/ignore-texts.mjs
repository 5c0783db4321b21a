const LOGS = new Set(['debug', 'info', 'warn', 'error'])

/** `log.warn(…)`, `bot.logger.error(…)`. */
function isLog({ node }) {
  if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression') return false
  const { object, property } = node.callee
  const name = object.type === 'MemberExpression' ? object.property.name : object.name
  return LOGS.has(property.name) && /^(log|logger)$/i.test(name ?? '')
}

/** `new TypeError(…)`, `notLoadedError(…)`. */
function isError({ node }) {
  const makes = node.type === 'NewExpression' || node.type === 'CallExpression'
  return makes && /Error$/.test(node.callee.name ?? node.callee.property?.name ?? '')
}

/** What a log line or an error says to people may be worded anew without breaking anything; codes are tested by name. */
function shouldIgnore(path) {
  if (isLog(path)) return 'It is said to people only.'
  const isText = path.isStringLiteral() || path.isTemplateLiteral()
  if (isText && path.findParent(isError)) return 'The words of an error are for people.'
  return undefined
}

export const strykerPlugins = [{ kind: 'Ignore', name: 'texts', value: { shouldIgnore } }]
