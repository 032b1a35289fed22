import type { Texts } from '@valeo/kit/texts.ts';

export const crmTexts: Texts = {
  NUMBER_TAKEN: {
    de: 'Die Nummer {number} ist schon vergeben.',
    en: 'The number {number} is taken.',
  },
  EXTERNAL_NUMBER_TAKEN: {
    de: 'Die Nummer {number} aus {source} ist schon übernommen.',
    en: 'The number {number} of {source} has been taken over already.',
  },
  STAGE_NOT_ALLOWED: {
    de: 'Aus {from} kann nicht {to} werden.',
    en: 'A change from {from} to {to} is not possible.',
  },
};
