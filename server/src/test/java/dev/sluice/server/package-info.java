/** Tests of the whole server, and what tests of its features share. */
@NullMarked
package dev.sluice.server;

import org.jspecify.annotations.NullMarked;
