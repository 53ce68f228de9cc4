/** What runs and what ran: the queue, attempts, statistics, logs, cancelling, and what becomes of a job at its end. */
@NullMarked
package dev.sluice.server.jobs;

import org.jspecify.annotations.NullMarked;
