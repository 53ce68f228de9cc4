/** Clients as others publish them, unmodified, against a whole server; where one cannot be had, its requests. */
@NullMarked
package dev.sluice.server.clients;

import org.jspecify.annotations.NullMarked;
