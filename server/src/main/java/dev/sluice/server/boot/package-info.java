/** The program: options, the order of start and stop, and the one place where its objects are made. */
@NullMarked
package dev.sluice.server.boot;

import org.jspecify.annotations.NullMarked;
