/** Doing a job: puts source, destination, settings and state together, and calls the engine. */
@NullMarked
package dev.sluice.server.runs;

import org.jspecify.annotations.NullMarked;
