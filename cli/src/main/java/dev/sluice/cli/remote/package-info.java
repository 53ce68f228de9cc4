/** The terminal as a client of a server: projects on their way there and back. */
@NullMarked
package dev.sluice.cli.remote;

import org.jspecify.annotations.NullMarked;
