import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { guides } from './scripts/guides.mjs';

/** A server that runs, for `npm run dev`; the page talks to it as if it came from there. */
const server = process.env.SLUICE_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), guides()],
  server: {
    port: 5173,
    proxy: Object.fromEntries(
      ['/api', '/openapi.json'].map((path) => [
        path,
        {
          target: server,
          changeOrigin: true,
          // Without a login a server answers its own page only, and that is what this is.
          headers: { origin: server },
        },
      ]),
    ),
  },
  build: {
    outDir: 'target/classes/dev/sluice/web',
    emptyOutDir: true,
    target: 'es2023',
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
