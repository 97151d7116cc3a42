// What a reader writes stays in their own browser: one small place to keep it, by page and name, and to forget it.

/**
 * A place for one thing. Nothing is sent anywhere. Where the browser's storage is blocked or full, it says so.
 * @param {string} name
 * @returns {{read: () => any, write: (value: any) => boolean, erase: () => boolean, works: () => boolean}}
 */
export function keep(name) {
  const key = `ek:kept:${location.pathname}#${name}`;
  const attempt = (what, otherwise) => { try { return what(); } catch { return otherwise; } };
  return {
    read: () => attempt(() => JSON.parse(localStorage.getItem(key)), null),
    write: (value) => attempt(() => { localStorage.setItem(key, JSON.stringify(value)); return true; }, false),
    erase: () => attempt(() => { localStorage.removeItem(key); return true; }, false),
    works: () => attempt(() => {
      const probe = `${key}?`;
      localStorage.setItem(probe, "1");
      localStorage.removeItem(probe);
      return true;
    }, false),
  };
}
