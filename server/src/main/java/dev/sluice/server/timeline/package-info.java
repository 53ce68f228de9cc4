/** The timeline of connections: what happened, who did it, and what it changed. */
@NullMarked
package dev.sluice.server.timeline;

import org.jspecify.annotations.NullMarked;
