export default {
  dialect: 'postgresql',
  schema: './**/*.tables.ts',
  schemaFilter: ['purchasing'],
  out: './migrations',
};
