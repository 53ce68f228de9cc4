/**
 * The project file: sources, destinations and connections as YAML, and the references in it.
 *
 * <p>Every error names file, line and column, and what was probably meant. References to secrets are resolved only for
 * what a command uses, and never before. Neighbours: the engine's {@code connection} is what comes out.
 */
@NullMarked
package dev.sluice.cli.project;

import org.jspecify.annotations.NullMarked;
