import { pgSchema } from 'drizzle-orm/pg-core';

export const purchasingSchema = pgSchema('purchasing');
