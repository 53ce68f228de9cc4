package dev.sluice.server.boot;

import dev.sluice.server.jobs.Limits;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemKind;
import java.util.Map;

/**
 * How many jobs run at the same time, as whoever starts the server says it: {@code SLUICE_JOBS} that move data and {@code
 * SLUICE_LOOKS} checks and discoveries in this process; {@code SLUICE_JOBS_PER_WORKSPACE}, {@code SLUICE_JOBS_PER_SOURCE} and
 * {@code SLUICE_JOBS_PER_DESTINATION} over all processes of a store, which should be told the same.
 */
final class LimitSettings {
    private static final int MOST = 10_000;

    private LimitSettings() {}

    static Limits of(Map<String, String> environment) {
        Limits usual = Limits.USUAL;
        return new Limits(
                number(environment, "SLUICE_JOBS", usual.moving()),
                number(environment, "SLUICE_LOOKS", usual.looking()),
                number(environment, "SLUICE_JOBS_PER_WORKSPACE", usual.perWorkspace()),
                number(environment, "SLUICE_JOBS_PER_SOURCE", usual.perSource()),
                number(environment, "SLUICE_JOBS_PER_DESTINATION", usual.perDestination()));
    }

    private static int number(Map<String, String> environment, String name, int otherwise) {
        String told = environment.get(name);
        if (told == null || told.isBlank()) {
            return otherwise;
        }
        String digits = told.strip();
        int number = digits.matches("[0-9]{1,5}") ? Integer.parseInt(digits) : 0;
        if (number < 1 || number > MOST) {
            throw Problem.of("E_SERVER_SETTING", ProblemKind.CONFIG, "a setting of the server does not make sense")
                    .at(name)
                    .because("it is a number of jobs from 1 to " + MOST)
                    .fix("change the variable, or leave it out")
                    .exception();
        }
        return number;
    }
}
