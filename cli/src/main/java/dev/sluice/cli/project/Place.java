package dev.sluice.cli.project;

import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;

/**
 * A place in a project file.
 *
 * @param file the file as the user named it
 * @param line the line, from 1
 * @param column the column, from 1
 */
public record Place(String file, int line, int column) {
    /** A problem of the project file at this place. */
    public Problem problem(String message) {
        return Problem.of("E_PROJECT", ProblemKind.CONFIG, message).at(toString());
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
