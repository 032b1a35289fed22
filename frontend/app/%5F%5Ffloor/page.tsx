import { connection } from 'next/server';

export default async function FloorPage() {
  await connection();
  return <p>Floor</p>;
}
