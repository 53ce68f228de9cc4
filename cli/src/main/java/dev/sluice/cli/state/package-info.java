/**
 * The memory of runs without a server: a SQLite file beside the project file, and a lock for each connection.
 *
 * <p>Every write is on disk when its method returns, and the file outlives SIGKILL at any moment. The lock is the
 * operating system's, so it never outlives its process. Neighbours: implements the port of the engine's {@code state}.
 */
@NullMarked
package dev.sluice.cli.state;

import org.jspecify.annotations.NullMarked;
