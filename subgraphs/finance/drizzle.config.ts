export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['finance'],
  out: './migrations',
};
