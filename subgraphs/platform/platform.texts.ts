import type { Texts } from '@valeo/kit/texts.ts';

export const platformTexts: Texts = {
  FILE_REQUIRED: { de: 'Für diese Aufgabe wird eine Datei gebraucht.', en: 'This task needs a file.' },
  UNKNOWN_FILE: { de: 'Diese Datei gibt es nicht.', en: 'There is no such file.' },
  TASK_ENDED: { de: 'Die Aufgabe ist schon beendet.', en: 'The task has ended already.' },
  TASK_NOT_ENDED: { de: 'Die Aufgabe läuft noch oder ist erledigt.', en: 'The task is still running or is done.' },
};
