/** When: schedules of connections, and what is swept up from time to time. */
@NullMarked
package dev.sluice.server.scheduler;

import org.jspecify.annotations.NullMarked;
