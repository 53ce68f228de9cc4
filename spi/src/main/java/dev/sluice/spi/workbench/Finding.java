package dev.sluice.spi.workbench;

import dev.sluice.spi.problem.Problem;

/**
 * Something that is wrong or doubtful in a definition.
 *
 * @param path the place as a path such as {@code streams/0/retriever}, references followed; empty for the whole
 * @param line the line in the text, from 1; 0 if it has none
 * @param column the column, from 1; 0 if it has none
 * @param isError true if it cannot be used like this
 * @param problem what it is
 */
public record Finding(String path, int line, int column, boolean isError, Problem problem) {}
