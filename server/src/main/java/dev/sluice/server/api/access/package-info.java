/** Logging in, and who may: sessions, tokens, accounts, the first account, and the log of what was done. */
@NullMarked
package dev.sluice.server.api.access;

import org.jspecify.annotations.NullMarked;
