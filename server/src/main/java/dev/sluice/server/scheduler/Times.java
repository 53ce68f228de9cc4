package dev.sluice.server.scheduler;

import com.cronutils.model.Cron;
import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import dev.sluice.server.connections.Schedule;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When a connection runs by its schedule. */
public final class Times {
    /** So long after a run began no time of a calendar begins another one. */
    private static final Duration APART = Duration.ofSeconds(60);

    private static final int LONGEST_EXPRESSION = 500;

    private Times() {}

    /**
     * Refuses a schedule that nobody could follow.
     *
     * @throws ProblemException of kind {@code CONFIG}, code {@code E_SCHEDULE}
     */
    public static void require(Schedule schedule) {
        switch (schedule) {
            case Schedule.Manual(), Schedule.Every(long _, Schedule.Unit _) -> {}
            case Schedule.Cron(String expression, String zone) -> {
                cron(expression);
                zone(zone);
            }
        }
    }

    /**
     * When the next run is due.
     *
     * @param lastJobAt when the last run was wanted, whoever wanted it; null if there was none
     * @param since when the connection was made, switched on or edited last; times before that do not count
     * @return nothing if there is none; a time that is past if it should have begun already
     */
    public static Optional<Instant> next(Schedule schedule, @Nullable Instant lastJobAt, Instant since) {
        return switch (schedule) {
            case Schedule.Manual() -> Optional.empty();
            case Schedule.Every(long count, Schedule.Unit unit) ->
                Optional.of(
                        lastJobAt == null ? since : lastJobAt.plus(length(unit).multipliedBy(count)));
            case Schedule.Cron(String expression, String zone) -> {
                Instant earliest = lastJobAt == null ? since : later(since, lastJobAt.plus(APART));
                yield ExecutionTime.forCron(cron(expression))
                        .nextExecution(earliest.atZone(zone(zone)))
                        .map(time -> time.toInstant());
            }
        };
    }

    /** The next runs, if each of them begins when it is due. */
    public static List<Instant> next(
            Schedule schedule, @Nullable Instant lastJobAt, Instant since, Instant now, int most) {
        List<Instant> times = new ArrayList<>();
        Instant last = lastJobAt;
        while (times.size() < most) {
            Optional<Instant> next = next(schedule, last, since).map(time -> later(time, now));
            if (next.isEmpty()) {
                return times;
            }
            times.add(next.get());
            last = next.get();
        }
        return times;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static Duration length(Schedule.Unit unit) {
        return switch (unit) {
            case MINUTES -> Duration.ofMinutes(1);
            case HOURS -> Duration.ofHours(1);
            case DAYS -> Duration.ofDays(1);
            case WEEKS -> Duration.ofDays(7);
            case MONTHS -> Duration.ofDays(30);
        };
    }

    private static Cron cron(String expression) {
        if (expression.length() > LONGEST_EXPRESSION) {
            throw wrong("it is too long", "write a shorter expression");
        }
        try {
            return new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.QUARTZ))
                    .parse(expression)
                    .validate();
        } catch (IllegalArgumentException malformed) {
            throw wrong(
                    String.valueOf(malformed.getMessage()),
                    "write it as Quartz does: seconds, minutes, hours, day of month, month, day of week; such as"
                            + " `0 0 6 * * ?` for each day at six");
        }
    }

    /** Zones without a place are refused: their signs are the other way round than people think. */
    private static ZoneId zone(String zone) {
        if (!zone.toLowerCase(Locale.ROOT).startsWith("etc")) {
            try {
                return ZoneId.of(zone);
            } catch (DateTimeException unknown) {
                // The same as below.
            }
        }
        throw wrong("there is no time zone " + zone, "write UTC, or a place such as Europe/Vienna");
    }

    private static ProblemException wrong(String why, String fix) {
        return Problem.of("E_SCHEDULE", ProblemKind.CONFIG, "the schedule is not understood")
                .because(why)
                .fix(fix)
                .exception();
    }
}
