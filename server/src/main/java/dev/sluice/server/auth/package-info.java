/**
 * Who calls, and what they may do: accounts with roles, applications, tokens, limits to how often somebody may ask, and
 * the log of what was done.
 */
@NullMarked
package dev.sluice.server.auth;

import org.jspecify.annotations.NullMarked;
