import { zDateWithin } from '@valeo/kit/validate.ts';

/** When something is expected or due: the years that the books can have. */
export const zPlannedDay = () => zDateWithin('1980-01-01', '2100-12-31');
