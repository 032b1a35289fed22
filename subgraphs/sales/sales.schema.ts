import { pgSchema } from 'drizzle-orm/pg-core';

export const salesSchema = pgSchema('sales');
