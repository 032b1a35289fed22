export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['crm'],
  out: './migrations',
};
