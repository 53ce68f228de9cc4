/** The calls below {@code /api/v1} that older clients make: all POST, each with an object. */
@NullMarked
package dev.sluice.server.api.legacy;

import org.jspecify.annotations.NullMarked;
