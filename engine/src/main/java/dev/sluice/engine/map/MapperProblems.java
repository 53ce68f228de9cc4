package dev.sluice.engine.map;

import dev.sluice.spi.problem.NearNames;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import dev.sluice.spi.type.Schema;
import org.jspecify.annotations.Nullable;

/** What is wrong with a mapper before any row is read. */
final class MapperProblems {
    private MapperProblems() {}

    static Problem invalid(String message) {
        return Problem.of("E_MAPPER_INVALID", ProblemKind.CONFIG, message);
    }

    /** The place of a field; a field that is not there is refused. */
    static int require(Schema schema, String field, String purpose) {
        return schema.indexOf(field)
                .orElseThrow(() -> Problem.of(
                                "E_FIELD_NOT_FOUND",
                                ProblemKind.CONFIG,
                                "there is no field " + field + " to " + purpose)
                        .because("the fields at this step are " + String.join(", ", schema.names()))
                        .fix(NearNames.nearest(field, schema.names())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("mappers see what the ones before them left"))
                        .exception());
    }

    /** Refuses a name that is taken. */
    static void requireFree(Schema schema, String field, String what) {
        if (schema.indexOf(field).isPresent()) {
            throw Problem.of(
                            "E_FIELD_EXISTS",
                            ProblemKind.CONFIG,
                            what + " would be named " + field + " like another one")
                    .fix("choose another name, or remove the other field first: `remove: " + field + "`")
                    .exception();
        }
    }

    /** Refuses to change the values of a field that the stream stands on. */
    static void requireNoRole(Roles roles, String field, String verb) {
        String role = roles.of(field);
        if (role != null) {
            throw Problem.of(
                            "E_MAPPER_KEY",
                            ProblemKind.CONFIG,
                            "the field " + field + " is " + role + " and cannot be " + verb)
                    .because("rows would no longer be told apart, or no longer be put in order, by their real values")
                    .fix("make a copy first and change that: `compute: {field: " + field + "_copy, value: '\"" + field
                            + "\"'}`; or choose a mode that does not go by it")
                    .exception();
        }
    }

    /** The same problem at the place of a mapper. */
    static ProblemException at(ProblemException failure, String where, @Nullable String words) {
        Problem problem = failure.problem();
        Problem placed = problem.where() == null ? problem.at(where) : problem;
        Problem told = words == null || placed.why() == null ? placed : placed.because(placed.why() + ": " + words);
        return told.exception(failure.getCause());
    }
}
