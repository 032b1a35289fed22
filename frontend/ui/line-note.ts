import { createContext } from 'react';

/** Id of the sentence that says what is wrong with the line around a field. */
export const LineNote = createContext<string | undefined>(undefined);
