import { defineTexts } from '../i18n/texts.ts'

export const workbenchTexts = defineTexts({
  en: {
    workbench: 'Workbench',
    show: 'Show workbench',
    hide: 'Hide workbench',
    inspector: 'Inspector',
    faults: 'Faults',
  },
  zh: { workbench: '工作台', show: '打开工作台', hide: '收起工作台', inspector: '检查器', faults: '故障' },
})
