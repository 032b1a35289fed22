import { pgSchema } from 'drizzle-orm/pg-core';

export const crmSchema = pgSchema('crm');
