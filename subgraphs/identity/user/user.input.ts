import { z } from 'zod';

export const zLocale = () => z.enum(['de', 'en']);
