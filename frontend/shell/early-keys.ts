declare global {
  interface Window {
    /** Keys from before the shell listened; undefined from then on. */
    earlyKeys?: KeyboardEvent[] | undefined;
  }
}

/** A script for the head of the document: keeps the keys that are pressed before the shell listens. */
export const keepEarlyKeys = `earlyKeys=[];addEventListener('keydown',function(e){if(window.earlyKeys){earlyKeys.push(e);(e.ctrlKey||e.metaKey)&&e.key=='k'&&e.preventDefault()}});`;
