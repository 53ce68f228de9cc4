// The little of a browser that even parts know which show nothing.
Object.assign(globalThis, { location: new URL('http://sluice.test/') });
