/** Measured: what is compiled from an operation takes this much for each character of it, and this much besides. */
const bytesPerCharacter = 250;
const bytesBesides = 15_000;

/** Memory that one operation takes once it is compiled, by the length of its text. */
export const compiledBytes = (characters: number): number => bytesBesides + characters * bytesPerCharacter;
