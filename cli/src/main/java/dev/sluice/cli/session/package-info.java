/**
 * What a command works with: the place that it runs in, its connectors, its connections, and the run of one of them.
 *
 * <p>Here the parts are put together by hand: project, plugins, state, engine, output. A run holds the connection's lock
 * from before its state is read until after its last commit. Neighbours: everything of the terminal but the commands,
 * which come above.
 */
@NullMarked
package dev.sluice.cli.session;

import org.jspecify.annotations.NullMarked;
