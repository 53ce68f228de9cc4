/** Connectors that people build here: their projects, the tests of them, and what is published. */
@NullMarked
package dev.sluice.server.builder;

import org.jspecify.annotations.NullMarked;
