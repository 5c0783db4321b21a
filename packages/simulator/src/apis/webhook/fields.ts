import { type ApiAnswer, oapi, unproven } from '../../http/answers.ts'

/**
 * The fields that a message must have. Each kind has a hundred codes: the first is that the field named by `msgtype` is
 * missing, and those of the fields in it follow in this order.
 */
const kinds: Readonly<Record<string, { readonly code: number; readonly fields: readonly string[] }>> = {
  text: { code: 400200, fields: ['content'] },
  link: { code: 400300, fields: ['title', 'text', 'messageUrl', 'picUrl'] },
  markdown: { code: 400400, fields: ['title', 'text'] },
  actionCard: { code: 400500, fields: ['title', 'text', 'singleTitle', 'singleURL', 'btns'] },
  feedCard: { code: 400600, fields: ['links'] },
  image: { code: 401000, fields: ['picURL'] },
  file: { code: 401100, fields: ['mediaId', 'fileName', 'fileType'] },
}

/** Codes that consumers have seen in 2025 and 2026; the others are extrapolated from them. */
const SEEN: readonly number[] = [400201, 400401, 400402, 400602, 401102, 401104]
/** Of the seen ones, that in the newer wording (n8n-nodes-dingtalk#10). */
const NEWER = 400402

/** The no to a field that is missing or is not what it must be, by its path: `markdown.title`. */
export function wrongField(path: string): ApiAnswer {
  const [msgtype = '', field = ''] = path.split('.')
  const kind = Object.hasOwn(kinds, msgtype) ? kinds[msgtype] : undefined
  const index = field === '' ? 0 : (kind?.fields.indexOf(field) ?? -1) + 1
  if (!kind || (field !== '' && index === 0)) return unproven(oapi(40035, `不合法的参数: ${path}`))
  const code = kind.code + 1 + index
  if (code === NEWER)
    return oapi(code, `错误描述:参数 ${msgtype} --》 ${field} 缺失，或者参数格式不正确; 解决方案:请补充参数;`)
  const answer = oapi(code, `miss param : ${field === '' ? msgtype : `${msgtype}->${field}`}`)
  return SEEN.includes(code) ? answer : unproven(answer)
}
