import type { Texts } from '@valeo/kit/texts.ts';

export const platformTexts: Texts = {
  FILE_REQUIRED: { de: 'Für diese Aufgabe wird eine Datei gebraucht.', en: 'This task needs a file.' },
  UNKNOWN_FILE: { de: 'Diese Datei gibt es nicht.', en: 'There is no such file.' },
  ATTACHMENT_TOO_LARGE: {
    de: 'Ein Anhang darf höchstens {max} MB groß sein.',
    en: 'An attachment may have at most {max} MB.',
  },
  FILE_TYPE_NOT_ALLOWED: {
    de: '„{name}“ ist ein Programm; Programme können nicht angehängt werden.',
    en: '“{name}” is a program; programs cannot be attached.',
  },
  TOO_MANY_ATTACHMENTS: {
    de: 'Ein Datensatz kann höchstens {max} Anhänge haben.',
    en: 'A record can have at most {max} attachments.',
  },
  ATTACHMENT_SEALED: {
    de: '„{name}“ gehört zu einem versandten oder gebuchten Beleg und wird mit ihm aufbewahrt.',
    en: '“{name}” belongs to a document that is sent or posted and is kept with it.',
  },
  TASK_ENDED: { de: 'Die Aufgabe ist schon beendet.', en: 'The task has ended already.' },
  TASK_NOT_ENDED: { de: 'Die Aufgabe läuft noch oder ist erledigt.', en: 'The task is still running or is done.' },
};
