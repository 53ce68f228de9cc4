/** Our own API: what pages and the terminal need beyond the public one. */
@NullMarked
package dev.sluice.server.api.own;

import org.jspecify.annotations.NullMarked;
